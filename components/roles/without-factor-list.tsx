import { useTranslations } from "next-intl";
import { personName } from "@/components/people/person-name";
import type { FirstHolders } from "@/lib/roles/first-holders";
import { TextLink } from "../ui/text-link";

/** How many holders of a role have no second factor yet, and who the first of them are. */
export function WithoutFactorList({ without }: { without: FirstHolders }) {
  const t = useTranslations("rolesPage.factor");
  const { count, users } = without;
  const all = count.value === users.length;
  return (
    <div className="mt-4 text-soft">
      <p>
        {t(all ? "without" : count.exact ? "withoutSome" : "withoutMore", { count: count.value })}
      </p>
      {users.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          {users.map((user) => (
            <li key={user.id} className="min-w-0 wrap-anywhere">
              <TextLink href={`/users/${user.id}#signing-in`}>
                <bdi>{personName(user)}</bdi>
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
