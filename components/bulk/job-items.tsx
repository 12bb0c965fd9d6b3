import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { JobItemView } from "@/lib/jobs/job-item-view";
import type { JobView } from "@/lib/jobs/job-view";
import { Badge } from "../ui/badge";
import { reasonText } from "./reason-text";

const HEAD = "border-b border-line px-3 py-2 text-start font-medium whitespace-nowrap";
const CELL = "sm:border-b sm:border-line sm:px-3 sm:py-2";
const TONES = { pending: "plain", changed: "ok", unchanged: "off", rejected: "strong" } as const;

/** What came of each user of a job. */
export function JobItems({ job, items }: { job: JobView; items: readonly JobItemView[] }) {
  const bulk = useTranslations("bulk");
  const words = {
    bulk,
    importUsers: useTranslations("importUsers"),
    rules: useTranslations("rules"),
  };
  const isImport = job.kind === "import";
  return (
    <table
      aria-label={bulk("results")}
      className="w-full border-separate border-spacing-0 max-sm:block"
    >
      <thead className="text-sm text-soft max-sm:sr-only">
        <tr>
          {isImport && (
            <th scope="col" className={`${HEAD} text-end`}>
              {bulk("line")}
            </th>
          )}
          <th scope="col" className={HEAD}>
            {bulk("user")}
          </th>
          <th scope="col" className={HEAD}>
            {bulk("outcome")}
          </th>
          <th scope="col" className={`${HEAD} w-1/2`}>
            {bulk("why")}
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {items.map((item) => {
          const exists = item.userId !== null && (isImport || job.kind !== "delete");
          const outcome = isImport && item.outcome === "changed" ? "imported" : item.outcome;
          return (
            <tr
              key={item.position}
              className="max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:border-b max-sm:border-line max-sm:py-3"
            >
              {isImport && (
                <td className={`${CELL} text-end text-soft tabular-nums`}>
                  <span className="sm:hidden">{bulk("line")} </span>
                  {item.position}
                </td>
              )}
              <th
                scope="row"
                className={`${CELL} text-start font-normal wrap-anywhere max-sm:min-w-0 max-sm:flex-auto`}
              >
                <bdi>
                  {exists && item.reason !== "notFound" ? (
                    <Link
                      href={`/users/${item.userId}`}
                      className="underline decoration-edge underline-offset-4 hover:decoration-ink"
                    >
                      {item.label}
                    </Link>
                  ) : (
                    item.label || "–"
                  )}
                </bdi>
              </th>
              <td className={CELL}>
                <Badge dot tone={TONES[item.outcome]}>
                  {bulk(`outcome_${outcome}`)}
                </Badge>
              </td>
              <td className={`${CELL} text-sm text-soft max-sm:basis-full max-sm:empty:hidden`}>
                {reasonText(words, job.kind, item)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
