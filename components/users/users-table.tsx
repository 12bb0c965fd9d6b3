import { useTranslations } from "next-intl";
import { ADMIN_ROLE } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";
import { RelativeTime } from "../relative-time";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { personName } from "./person-name";
import { roleLabel } from "./role-label";
import { RowActions } from "./row-actions";
import type { UserChanges } from "./user-change";

const STATUS = { active: "ok", disabled: "off", invited: "plain" } as const;
const HEAD =
  "sticky top-14 z-1 border-b border-line bg-canvas px-3 py-2 text-left font-medium whitespace-nowrap";
const CELL = "md:border-b md:border-line md:px-3 md:py-3 md:align-middle";
/** A card on a phone: who it is and the menu, role and status below. */
const ROW =
  "max-md:grid max-md:grid-cols-[auto_auto_1fr_auto] max-md:gap-x-2 max-md:gap-y-2 max-md:border-b max-md:border-line max-md:py-3";

/** One page of users. */
export function UsersTable({
  users,
  selfId,
  roles,
  changes,
  now,
}: {
  users: readonly UserView[];
  selfId: string;
  roles: readonly { slug: string; name: string }[];
  changes: UserChanges;
  now: Date;
}) {
  const t = useTranslations("users");
  const roleNames = useTranslations("roles");
  const options = roles.map((role) => ({ value: role.slug, label: roleLabel(roleNames, role) }));
  return (
    <table aria-label={t("table")} className="w-full border-separate border-spacing-0 max-md:block">
      <thead className="text-sm text-soft max-md:sr-only">
        <tr>
          <th scope="col" className={HEAD}>
            {t("user")}
          </th>
          <th scope="col" className={HEAD}>
            {t("role")}
          </th>
          <th scope="col" className={HEAD}>
            {t("status")}
          </th>
          <th scope="col" className={HEAD}>
            {t("lastSignIn")}
          </th>
          <th scope="col" className={`${HEAD} max-lg:hidden`}>
            {t("created")}
          </th>
          <th scope="col" className={HEAD}>
            <span className="sr-only">{t("actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {users.map((user) => {
          const name = personName(user);
          return (
            <tr key={user.id} className={ROW}>
              <th
                scope="row"
                className={`${CELL} text-left font-normal max-md:col-span-3 max-md:min-w-0 md:w-full md:max-w-0`}
              >
                <div className="flex items-center gap-3 max-md:items-start">
                  <Avatar id={user.id} name={name} />
                  <div className="min-w-0">
                    <p className="flex items-center gap-2">
                      <span className="truncate font-medium" title={name}>
                        {name}
                      </span>
                      {user.id === selfId && <span className="text-sm text-soft">{t("you")}</span>}
                    </p>
                    {name !== user.email && (
                      <p className="truncate text-sm text-soft" title={user.email}>
                        {user.email}
                      </p>
                    )}
                  </div>
                </div>
              </th>
              <td className={`${CELL} max-md:row-start-2 max-md:pl-11`}>
                <Badge tone={user.role.slug === ADMIN_ROLE ? "strong" : "plain"}>
                  {roleLabel(roleNames, user.role)}
                </Badge>
              </td>
              <td className={`${CELL} max-md:row-start-2`}>
                <Badge dot tone={STATUS[user.status]}>
                  {t(user.status)}
                </Badge>
              </td>
              <td className={`${CELL} text-sm whitespace-nowrap text-soft max-md:hidden`}>
                {user.lastLoginAt ? <RelativeTime at={user.lastLoginAt} now={now} /> : t("never")}
              </td>
              <td className={`${CELL} text-sm whitespace-nowrap text-soft max-lg:hidden`}>
                <RelativeTime at={user.createdAt} now={now} />
              </td>
              <td className={`${CELL} max-md:col-start-4 max-md:row-start-1`}>
                <RowActions
                  user={{
                    id: user.id,
                    name,
                    email: user.email,
                    role: user.role.slug,
                    status: user.status,
                  }}
                  isSelf={user.id === selfId}
                  roles={options}
                  changes={changes}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
