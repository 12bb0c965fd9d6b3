import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BackLink } from "@/components/back-link";
import { personName } from "@/components/people/person-name";
import { RelativeTime } from "@/components/relative-time";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { UserView } from "@/lib/users/user-view";
import { CopyId } from "./copy-id";
import { UserBadges } from "./user-badges";

/** Who this is, at a glance. */
export function UserHeader({
  user,
  isSelf,
  now,
  list,
  children,
}: {
  user: UserView;
  isSelf: boolean;
  now: Date;
  /** The list that one comes from, as a search string without "?". */
  list: string;
  /** What stands at the end of the line above the name. */
  children?: ReactNode;
}) {
  const t = useTranslations("userDetail");
  const name = personName(user);
  return (
    <header>
      <div className="flex items-start justify-between gap-4">
        <BackLink href={list === "" ? "/users" : `/users?${list}`}>{t("back")}</BackLink>
        {children}
      </div>
      <div className="flex items-start gap-4">
        <Avatar id={user.id} name={name} size="lg" />
        <div className="min-w-0 flex-1">
          <h1 className="text-2xl font-semibold text-balance wrap-anywhere">
            <bdi>{name}</bdi>
          </h1>
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
            {name !== user.email && <p className="text-soft wrap-anywhere">{user.email}</p>}
            <UserBadges user={user} />
            {isSelf && <Badge>{t("you")}</Badge>}
          </div>
        </div>
      </div>
      <dl className="mt-6 flex flex-wrap gap-x-10 gap-y-3 border-y border-line py-4 text-sm">
        <Fact label={t("number")}>
          <span className="tabular-nums">{user.number}</span>
        </Fact>
        <Fact label={t("id")}>
          <CopyId id={user.id} />
        </Fact>
        <Fact label={t("created")}>
          <RelativeTime at={user.createdAt} now={now} />
        </Fact>
        <Fact label={t("lastSignIn")}>
          {user.lastLoginAt === null ? (
            t("never")
          ) : (
            <RelativeTime at={user.lastLoginAt} now={now} />
          )}
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-soft">{label}</dt>
      <dd className="flex min-h-7 items-center">{children}</dd>
    </div>
  );
}
