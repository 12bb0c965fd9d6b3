import { useFormatter, useTranslations } from "next-intl";
import { personName } from "@/components/people/person-name";
import type { Policy } from "@/lib/access/schema";
import type { RolePreview } from "@/lib/roles/preview-role";
import { Alert } from "../ui/alert";
import { type NamedRole, useRoleWords } from "./use-role-words";

/** What a change of a role means and for whom, in words, before it is saved. Takes the focus. */
export function RoleChanges({
  preview,
  roles,
}: {
  preview: RolePreview;
  roles: readonly NamedRole[];
}) {
  const t = useTranslations("rolesPage.changes");
  const words = useTranslations("rolesPage");
  const format = useFormatter();
  const { sentencesOf } = useRoleWords(roles);
  const { holders, secondFactor, own, gained, lost, remaining } = preview;
  const others = holders ? holders.count.value - holders.users.length : 0;
  const people = holders?.users.map(personName) ?? [];
  if (others > 0) people.push(words("value.more", { count: others }));
  const title =
    holders === null
      ? t("titleUnknown")
      : t(holders.count.exact ? "title" : "titleMore", { count: holders.count.value });
  const list = (which: "gained" | "lost" | "remaining", policies: readonly Policy[]) =>
    policies.length > 0 && (
      <>
        <h3 className="mt-3 font-medium">{t(which)}</h3>
        <ul className="ms-5 list-disc">
          {policies.flatMap(sentencesOf).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </>
    );
  return (
    <Alert tone={lost.length > 0 ? "danger" : "warning"} attempt={preview}>
      <div className="wrap-anywhere">
        <h2 className="font-semibold">{title}</h2>
        {people.length > 0 && <p>{t("people", { people: format.list(people) })}</p>}
        {list("lost", lost)}
        {list("remaining", remaining)}
        {list("gained", gained)}
        {secondFactor?.to && (
          <p className="mt-3">{t("factorOn", { days: secondFactor.to.graceDays })}</p>
        )}
        {secondFactor?.without && (
          <p>
            {t(secondFactor.without.count.exact ? "factorWithout" : "factorWithoutMore", {
              count: secondFactor.without.count.value,
            })}
          </p>
        )}
        {secondFactor && !secondFactor.to && <p className="mt-3">{t("factorOff")}</p>}
        {own && lost.length > 0 && <p className="mt-3 font-medium">{t("own")}</p>}
        <p className="mt-3">{t("nextClick")}</p>
      </div>
    </Alert>
  );
}
