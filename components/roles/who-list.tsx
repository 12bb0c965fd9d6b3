import { useFormatter, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import type { WhoView } from "@/lib/roles/who-may";
import { TextLink } from "../ui/text-link";
import { holdersText } from "./holders-text";
import { type NamedRole, useRoleWords } from "./use-role-words";

const LINK =
  "rounded underline decoration-edge underline-offset-4 hover:text-ink hover:decoration-ink";

/** The roles that allow something, each with the permission that does and who has it. */
export function WhoList({
  answers,
  named,
}: {
  answers: readonly WhoView[];
  named: readonly NamedRole[];
}) {
  const t = useTranslations("rolesPage");
  const format = useFormatter();
  const words = useRoleWords(named);
  return (
    <ul className="divide-y divide-line border-y border-line">
      {answers.map(({ role, policy, activeUsers, users }) => {
        const name = words.nameOf(role.slug);
        return (
          <li
            key={role.id}
            className="grid gap-x-8 gap-y-2 py-5 md:grid-cols-[15rem_minmax(0,1fr)]"
          >
            <h3 className="min-w-0 wrap-anywhere">
              <TextLink href={`/roles/${role.slug}`}>{name}</TextLink>
            </h3>
            <div className="min-w-0 space-y-1 wrap-anywhere">
              <p>{words.sentencesOf(policy).join(" ")}</p>
              <p className="text-sm text-soft tabular-nums">
                {activeUsers === null ? (
                  t("whoUsersHidden")
                ) : activeUsers.value === 0 ? (
                  holdersText(t, activeUsers, "activeHolders")
                ) : (
                  <Link
                    href={`/users?role=${role.slug}&status=active`}
                    aria-label={t("holdersOf", {
                      holders: holdersText(t, activeUsers, "activeHolders"),
                      name,
                    })}
                    className={LINK}
                  >
                    {holdersText(t, activeUsers, "activeHolders")}
                  </Link>
                )}
              </p>
              {activeUsers && users.length > 0 && (
                <p className="text-sm text-soft">
                  {format.list([
                    ...users.map((user) => (
                      <Link key={user.id} href={`/users/${user.id}`} className={LINK}>
                        {user.name ?? user.email}
                      </Link>
                    )),
                    ...(activeUsers.exact && activeUsers.value > users.length
                      ? [t("value.more", { count: activeUsers.value - users.length })]
                      : []),
                  ])}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
