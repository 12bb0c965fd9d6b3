"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { useRefusalText } from "@/components/form/use-refusal-text";
import type { LinkRefusal } from "@/components/links/link-change";
import { RelativeTime } from "@/components/relative-time";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toaster";
import type { DeletedUserView } from "@/lib/users/list/deleted-user-view";
import { personName } from "./person-name";
import { roleLabel } from "./role-label";

export type Restore = (
  id: string,
) => Promise<{ kind: "restored"; roleGone: boolean } | LinkRefusal>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Users who were deleted, and the way back while there is one. */
export function DeletedList({
  users,
  restore,
  now,
}: {
  users: readonly DeletedUserView[];
  restore: Restore;
  now: Date;
}) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {users.map((user) => (
        <Row key={user.id} user={user} restore={restore} now={now} />
      ))}
    </ul>
  );
}

function Row({ user, restore, now }: { user: DeletedUserView; restore: Restore; now: Date }) {
  const t = useTranslations("deletedUsers");
  const roles = useTranslations("roles");
  const links = useTranslations("links");
  const refusalText = useRefusalText();
  const toast = useToast();
  const router = useRouter();
  const [working, start] = useTransition();
  const name = personName(user);
  const days = Math.max(0, Math.ceil((Date.parse(user.purgeAt) - now.getTime()) / DAY_MS));

  const bringBack = () =>
    start(async () => {
      const outcome = await restore(user.id);
      if (outcome.kind !== "restored") {
        const text = refusalText(outcome, (reason) => links(reason, { name }));
        return toast({ text, tone: "danger" });
      }
      toast({
        text: t(outcome.roleGone ? "restoredPlain" : "restored", { name }),
        action: { label: t("open"), run: () => router.push(`/users/${user.id}`) },
      });
    });
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
      <div className="flex min-w-0 flex-1 basis-80 items-start gap-3">
        <Avatar id={user.id} name={name} />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium wrap-anywhere">{name}</span>
            <Badge>{user.role ? roleLabel(roles, user.role) : t("roleGone")}</Badge>
          </p>
          {name !== user.email && <p className="text-sm text-soft wrap-anywhere">{user.email}</p>}
          <p className="mt-1 text-sm text-soft wrap-anywhere">
            {t.rich("deletedBy", {
              by: user.deletedBy.label,
              when: () => <RelativeTime at={user.deletedAt} now={now} />,
            })}
          </p>
        </div>
      </div>
      <p className="text-sm text-soft tabular-nums max-sm:ps-11">{t("daysLeft", { days })}</p>
      <Button
        size="sm"
        className="max-sm:ms-auto"
        aria-label={t("restoreUser", { name })}
        aria-disabled={working}
        onClick={() => {
          if (!working) bringBack();
        }}
      >
        {t("restore")}
      </Button>
    </li>
  );
}
