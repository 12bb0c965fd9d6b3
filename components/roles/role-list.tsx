import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { RoleView } from "@/lib/roles/role-view";
import { Badge } from "../ui/badge";
import { TextLink } from "../ui/text-link";
import { holdersText } from "./holders-text";
import { useAllSentences } from "./use-all-sentences";
import { type NamedRole, useRoleWords } from "./use-role-words";

/** More than that is read on the role's own page. */
const SENTENCES_SHOWN = 3;

/** Roles with what they allow in words, and how many have them. */
export function RoleList({
  roles,
  named,
}: {
  roles: readonly RoleView[];
  named: readonly NamedRole[];
}) {
  const t = useTranslations("rolesPage");
  const { nameOf } = useRoleWords(named);
  const allOf = useAllSentences(named);
  return (
    <ul className="divide-y divide-line border-b border-line">
      {roles.map((role) => {
        const name = nameOf(role.slug);
        return (
          <li
            key={role.id}
            className="grid gap-x-8 gap-y-2 py-5 md:grid-cols-[15rem_minmax(0,1fr)_auto]"
          >
            <div className="flex min-w-0 flex-wrap items-start gap-x-3 gap-y-1 md:flex-col">
              <h2 className="min-w-0 wrap-anywhere">
                <TextLink href={`/roles/${role.slug}`}>{name}</TextLink>
              </h2>
              {role.predefined && <Badge>{t("predefined")}</Badge>}
              {role.secondFactor && <Badge>{t("factor.badge")}</Badge>}
            </div>
            <Allowed sentences={allOf(role.policies)} />
            {role.holders && (
              <p className="text-sm whitespace-nowrap text-soft tabular-nums md:text-end">
                {role.holders.value === 0 ? (
                  holdersText(t, role.holders)
                ) : (
                  <Link
                    href={`/users?role=${role.slug}`}
                    aria-label={t("holdersOf", { holders: holdersText(t, role.holders), name })}
                    className="rounded underline decoration-edge underline-offset-4 hover:text-ink hover:decoration-ink"
                  >
                    {holdersText(t, role.holders)}
                  </Link>
                )}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Allowed({ sentences }: { sentences: readonly string[] | null }) {
  const t = useTranslations("rolesPage");
  if (sentences === null) return <p className="text-soft">{t("allowsUnknown")}</p>;
  if (sentences.length === 0) return <p className="text-soft">{t("allowsNothing")}</p>;
  const more = sentences.length - SENTENCES_SHOWN;
  return (
    <ul className="max-w-[70ch] space-y-1 wrap-anywhere">
      {sentences.slice(0, SENTENCES_SHOWN).map((sentence, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two policies may say the same, and none of them moves
        <li key={place}>{sentence}</li>
      ))}
      {more > 0 && <li className="text-soft">{t("moreSentences", { count: more })}</li>}
    </ul>
  );
}
