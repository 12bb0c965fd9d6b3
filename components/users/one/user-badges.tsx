import { useTranslations } from "next-intl";
import { roleLabel } from "@/components/people/role-label";
import { Badge } from "@/components/ui/badge";
import { ADMIN_ROLE } from "@/lib/users/schema";
import type { UserView } from "@/lib/users/user-view";

const STATUS_TONES = { active: "ok", disabled: "off", invited: "plain" } as const;

/** A user's role and status. */
export function UserBadges({ user: { role, status } }: { user: UserView }) {
  const users = useTranslations("users");
  const roles = useTranslations("roles");
  return (
    <>
      <Badge tone={role.slug === ADMIN_ROLE ? "strong" : "plain"}>{roleLabel(roles, role)}</Badge>
      <Badge dot tone={STATUS_TONES[status]}>
        {users(status)}
      </Badge>
    </>
  );
}
