"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { useAccessChange } from "@/components/people/use-access-change";
import type { AccessChange, AccessChanges } from "@/components/people/user-change";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  MenuChoice,
  MenuItem,
  MenuLink,
  MenuSeparator,
} from "@/components/ui/dropdown-menu";
import { Link } from "@/components/ui/link";
import { RepeatedIcon } from "@/components/ui/repeated-icon";
import type { Opened } from "@/components/ui/use-opening";
import type { UserRow } from "./user-row";

/** Where there is room beside the list: `xl` of the style sheet. */
const WIDE = "(min-width: 80rem)";

type Role = { value: string; label: string };

const DisableDialog = lazy(async () => ({
  default: (await import("@/components/people/disable-dialog")).DisableDialog,
}));
const OwnRoleDialog = lazy(async () => ({
  default: (await import("@/components/people/own-role-dialog")).OwnRoleDialog,
}));

/** What can be done to one user. What can be undone is done at once and offers the way back. */
export function RowMenu({
  user,
  roles,
  changes,
  onPeek,
  opened,
}: {
  user: UserRow;
  /** Shows the user beside the list, where the window is wide enough. */
  onPeek: (id: string) => void;
  /** How it was opened before it was loaded. */
  opened: Opened;
  roles: readonly Role[];
  changes: AccessChanges;
}) {
  const t = useTranslations("userActions");
  const users = useTranslations("users");
  const [asking, setAsking] = useState<{ kind: "disable" } | { kind: "role"; role: Role }>();
  const { name, isSelf = false } = user;
  const { working, run } = useAccessChange(
    (reason) => t(reason, { name }),
    () => setAsking(undefined),
  );
  /** The list itself is the answer to going back. */
  const undo = (change: () => Promise<AccessChange>) =>
    isSelf ? undefined : { change, done: null };

  const changeRole = (role: Role) =>
    run(
      () => changes.changeRole(user.id, role.value),
      t("roleChanged", { name, role: role.label }),
      undo(() => changes.changeRole(user.id, user.role)),
    );
  const disable = (reason: string) =>
    run(
      () => changes.disable(user.id, reason),
      t("disabledDone", { name }),
      undo(() => changes.enable(user.id)),
    );
  const enable = () => run(() => changes.enable(user.id), t("enabledDone", { name }));

  return (
    <>
      <DropdownMenu
        opened={opened}
        trigger={
          <Button
            look="quiet"
            size="sm"
            aria-label={users("actionsFor", { name })}
            aria-disabled={working || undefined}
          >
            <RepeatedIcon name="actions" className="size-5" />
          </Button>
        }
      >
        <MenuLink>
          <Link href={`/users/${user.id}`}>{users("open")}</Link>
        </MenuLink>
        {matchMedia(WIDE).matches && (
          <MenuItem onSelect={() => onPeek(user.id)}>{users("peek")}</MenuItem>
        )}
        {!user.fixedRole && (
          <>
            <MenuSeparator />
            <MenuChoice
              label={t("changeRole")}
              value={user.role}
              options={roles}
              onChange={(slug) => {
                const role = roles.find(({ value }) => value === slug);
                if (!role) return;
                if (isSelf) setAsking({ kind: "role", role });
                else changeRole(role);
              }}
            />
          </>
        )}
        {!user.fixedStatus && (
          <>
            <MenuSeparator />
            {user.status === "disabled" ? (
              <MenuItem onSelect={enable}>{t("enable")}</MenuItem>
            ) : (
              <MenuItem onSelect={() => setAsking({ kind: "disable" })}>{t("disable")}</MenuItem>
            )}
          </>
        )}
      </DropdownMenu>
      {asking && (
        <Suspense fallback={null}>
          {asking?.kind === "disable" && (
            <DisableDialog
              user={user}
              isSelf={isSelf}
              working={working}
              onConfirm={disable}
              onClose={() => setAsking(undefined)}
            />
          )}
          {asking?.kind === "role" && (
            <OwnRoleDialog
              name={name}
              role={asking.role.label}
              working={working}
              onConfirm={() => changeRole(asking.role)}
              onClose={() => setAsking(undefined)}
            />
          )}
        </Suspense>
      )}
    </>
  );
}
