"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useActionState } from "react";
import { roleLabel } from "@/components/people/role-label";
import { Download } from "@/components/ui/icons/download";
import { Link } from "@/components/ui/link";
import type { JobItemView } from "@/lib/jobs/job-item-view";
import type { JobView } from "@/lib/jobs/job-view";
import { reasonText } from "../bulk/reason-text";
import { Sums } from "../bulk/sums";
import { useRefusalText } from "../form/use-refusal-text";
import { buttonStyle } from "../ui/button-style";
import { Notice } from "../ui/notice";
import { SubmitButton } from "../ui/submit-button";
import type { Wait } from "../wait-text";

/** What the server said to the last attempt to start. */
export type StartImportState =
  | { kind: "idle" }
  | { kind: "signedOut" | "forbidden" | "over" }
  | Wait;

/** What a file would do: how many are new, known or rejected, and why. Nothing is stored as a user yet. */
export function ImportReport({
  job,
  rejected,
  start,
}: {
  job: JobView;
  rejected: readonly JobItemView[];
  start: (before: StartImportState, form: FormData) => Promise<StartImportState>;
}) {
  const t = useTranslations("importUsers");
  const format = useFormatter();
  const refusalText = useRefusalText();
  const [state, send] = useActionState(start, { kind: "idle" });
  const fresh = job.total - job.unchanged - job.rejected;
  const { columns = [], ignored = [], roles = [], encoding = "utf-8" } = job.options;
  const names = useTranslations("roles");
  return (
    <div className="space-y-8">
      <Sums
        sums={[
          { label: t("sumNew"), count: fresh, tone: "ok" },
          { label: t("sumKnown"), count: job.unchanged, tone: "plain" },
          { label: t("sumRejected"), count: job.rejected, tone: "danger" },
        ]}
      />
      <dl className="space-y-3">
        {roles.length > 0 && (
          <Told term={t("rolesGiven")}>
            {format.list(
              roles.map((role) =>
                t("roleCount", { count: role.count, role: roleLabel(names, role) }),
              ),
            )}
          </Told>
        )}
        {columns.some(({ title }) => title !== "") && (
          <Told term={t("columnsRead")}>
            <ul>
              {columns.map(({ title, field }, place) => {
                const column = title || t("columnNumber", { number: place + 1 });
                return field === "ignore" ? null : (
                  <li key={field}>{t("columnRead", { column, field: t(`field_${field}`) })}</li>
                );
              })}
            </ul>
          </Told>
        )}
        {ignored.length > 0 && (
          <Told term={t("ignoredColumns", { count: ignored.length })}>
            {format.list(ignored)}
            {columns.some(({ secret }) => secret) && (
              <p className="text-sm text-soft">{t("secret")}</p>
            )}
          </Told>
        )}
        {encoding !== "utf-8" && (
          <Told term={t("encodingTerm")}>
            {t("encodingText", { encoding: encoding === "utf-16" ? "UTF-16" : "Windows-1252" })}
          </Told>
        )}
      </dl>
      {state.kind !== "idle" && (
        <Notice tone="danger" role="alert">
          {refusalText(state, t)}
        </Notice>
      )}
      <form action={send}>
        <input type="hidden" name="job" value={job.id} />
        {fresh === 0 && <p className="mb-4 font-medium">{t("nobody")}</p>}
        <div className="flex flex-wrap items-center gap-3">
          {fresh > 0 && (
            <SubmitButton working={t("starting")}>{t("start", { count: fresh })}</SubmitButton>
          )}
          <Link
            href="/users/import"
            className={buttonStyle({ look: fresh > 0 ? "quiet" : "primary" })}
          >
            {t("another")}
          </Link>
        </div>
        {fresh > 0 && <p className="mt-3 text-sm text-soft">{t("expires")}</p>}
      </form>
      {job.rejected > 0 && <Rejected job={job} items={rejected} />}
    </div>
  );
}

function Told({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className="gap-x-6 sm:flex">
      <dt className="shrink-0 text-soft sm:w-44">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

const HEAD = "border-b border-line px-3 py-2 text-start font-medium whitespace-nowrap";
const CELL = "sm:border-b sm:border-line sm:px-3 sm:py-2 sm:align-baseline";

function Rejected({ job, items }: { job: JobView; items: readonly JobItemView[] }) {
  const t = useTranslations("importUsers");
  const words = {
    bulk: useTranslations("bulk"),
    importUsers: t,
    rules: useTranslations("rules"),
  };
  return (
    <section aria-labelledby="rejected" className="pt-4">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 id="rejected" className="text-lg font-semibold">
            {t("rejectedTitle")}
          </h2>
          <p className="mt-1 max-w-2xl text-soft">
            {items.length < job.rejected &&
              t("rejectedFirst", { count: items.length, total: job.rejected })}{" "}
            {t("rejectedText")}
          </p>
        </div>
        <a
          href={`/v1/jobs/${job.id}/items.csv?outcome=rejected`}
          download
          className={buttonStyle({ size: "sm" })}
        >
          <Download className="size-4" aria-hidden="true" />
          {t("downloadRejected")}
        </a>
      </div>
      <table
        aria-labelledby="rejected"
        className="mt-4 w-full border-separate border-spacing-0 max-sm:block"
      >
        <thead className="text-sm text-soft max-sm:sr-only">
          <tr>
            <th scope="col" className={`${HEAD} text-end`}>
              {t("line")}
            </th>
            <th scope="col" className={HEAD}>
              {t("column")}
            </th>
            <th scope="col" className={HEAD}>
              {t("value")}
            </th>
            <th scope="col" className={`${HEAD} w-1/2`}>
              {t("why")}
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {items.map((item) => {
            const column = item.data?.column ?? null;
            const value = column === null ? item.label : item.data?.[column];
            return (
              <tr
                key={item.position}
                className="max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-b max-sm:border-line max-sm:py-3"
              >
                <th scope="row" className={`${CELL} text-end font-normal text-soft tabular-nums`}>
                  <span className="sm:hidden">{t("line")} </span>
                  {item.position}
                </th>
                <td className={CELL}>
                  {column === null ? (
                    <span className="whitespace-nowrap text-soft">{t("wholeRow")}</span>
                  ) : (
                    <code className="font-mono text-sm">{column}</code>
                  )}
                </td>
                <td className={`${CELL} max-sm:min-w-0 max-sm:flex-1`}>
                  {value ? (
                    <bdi className="line-clamp-2 wrap-anywhere">{value.slice(0, 200)}</bdi>
                  ) : (
                    <span className="text-soft">{t("emptyCell")}</span>
                  )}
                </td>
                <td className={`${CELL} text-sm max-sm:basis-full`}>
                  {reasonText(words, "import", item)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
