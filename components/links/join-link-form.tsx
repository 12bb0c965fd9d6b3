"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { RoleControl } from "@/components/people/person-controls";
import { JOIN_LINK_DAYS_MAX, JOIN_LINK_USES_MAX } from "@/lib/links/limits";
import type { Rule } from "@/lib/users/schema";
import { FormRefusal } from "../form/form-refusal";
import type { Problems, Refused } from "../form/form-state";
import { problemsOf } from "../form/problems-of";
import { buttonStyle } from "../ui/button-style";
import { ErrorSummary } from "../ui/error-summary";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { SubmitButton } from "../ui/submit-button";
import { LinkReceipt } from "./link-receipt";

const FIELDS = ["name", "role", "maxUses", "days", "domain"] as const;
type Typed = Record<(typeof FIELDS)[number] | "approval", string>;

/** What the server said to the last attempt; `typed` gives back what may be corrected. */
export type JoinLinkState =
  | { kind: "idle" }
  | { kind: "created"; name: string; link: string; expiresAt: string }
  | ((Problems<Rule> | Refused<"signedOut" | "forbidden">) & { typed: Typed });

/** Makes a link by which several people join, and shows it once. */
export function JoinLinkForm({
  create,
  roles,
  initial,
  headlines,
}: {
  create: (before: JoinLinkState, form: FormData) => Promise<JoinLinkState>;
  roles: readonly { value: string; label: string }[];
  initial: Typed;
  headlines: readonly string[];
}) {
  const t = useTranslations("joinLinks");
  const rules = useTranslations("rules");
  const [state, send] = useActionState(create, { kind: "idle" });
  if (state.kind === "created") return <Created {...state} />;

  const typed = state.kind === "idle" ? initial : state.typed;
  const found = problemsOf(
    state,
    FIELDS,
    (field) => t(field),
    (rule) => rules(rule, { min: 0 }),
  );
  // A number or a domain that is none is told by what it has to be.
  const words = (field: "maxUses" | "days" | "domain") =>
    found.errorOf(field) &&
    (field === "domain" ? t("domainProblem") : t(`${field}Problem`, { max: LARGEST[field] }));
  const problems = found.problems.map((problem) => {
    const field = problem.id;
    const told =
      field === "maxUses" || field === "days" || field === "domain" ? words(field) : null;
    return told ? { ...problem, text: told } : problem;
  });
  return (
    <form action={send} noValidate className="max-w-md space-y-6">
      <FormRefusal state={state} words={(reason) => t(reason)} />
      <ErrorSummary problems={problems} attempt={state} headlines={headlines} />
      <Field id="name" label={t("name")} hint={t("nameHint")} error={found.errorOf("name")}>
        {(field) => <Input {...field} name="name" defaultValue={typed.name} autoComplete="off" />}
      </Field>
      <Field id="role" label={t("role")} error={found.errorOf("role")}>
        {(field) => <RoleControl field={field} typed={typed.role} roles={roles} />}
      </Field>
      <div className="grid gap-6 sm:grid-cols-2">
        <Field id="maxUses" label={t("maxUses")} error={words("maxUses")}>
          {(field) => (
            <Input
              {...field}
              name="maxUses"
              inputMode="numeric"
              defaultValue={typed.maxUses}
              autoComplete="off"
            />
          )}
        </Field>
        <Field id="days" label={t("days")} error={words("days")}>
          {(field) => (
            <Input
              {...field}
              name="days"
              inputMode="numeric"
              defaultValue={typed.days}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <Field id="domain" label={t("domain")} hint={t("domainHint")} error={words("domain")}>
        {(field) => (
          <Input
            {...field}
            name="domain"
            defaultValue={typed.domain}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <div>
        <label className="inline-flex min-h-11 items-center gap-2 rounded border border-edge bg-surface px-3 py-1.5 hover:border-ink has-checked:border-ink has-checked:bg-sunken">
          <input
            key={typed.approval}
            type="checkbox"
            name="approval"
            defaultChecked={typed.approval !== ""}
            className="size-4 shrink-0 accent-ink"
          />
          {t("approval")}
        </label>
        <p className="mt-2 text-sm text-soft">{t("approvalHint")}</p>
      </div>
      <SubmitButton working={t("creating")} className="min-w-40">
        {t("create")}
      </SubmitButton>
    </form>
  );
}

const LARGEST = { maxUses: JOIN_LINK_USES_MAX, days: JOIN_LINK_DAYS_MAX };

function Created({ name, link, expiresAt }: { name: string; link: string; expiresAt: string }) {
  const t = useTranslations("joinLinks");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="max-w-xl rounded border border-line bg-surface p-6">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold wrap-anywhere">
        {t("createdTitle", { name })}
      </h2>
      <p className="mt-1 mb-6 text-soft">{t("createdText")}</p>
      <LinkReceipt receipt={{ link, email: "", expiresAt, mail: "off" }} hint="manyHint" />
      {/* A new document: the page begins anew, also without a script. */}
      <a href="/users/join-links" className={buttonStyle({ look: "primary", className: "mt-6" })}>
        {t("another")}
      </a>
    </section>
  );
}
