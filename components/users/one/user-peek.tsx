import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { personName } from "@/components/people/person-name";
import { RelativeTime } from "@/components/relative-time";
import { Avatar } from "@/components/ui/avatar";
import type { countSignIns } from "@/lib/audit/count-sign-ins";
import type { GetFactorOfOutcome } from "@/lib/factors/get-factor-of";
import type { UserView } from "@/lib/users/user-view";
import { FactorLine } from "./factor-line";
import { SignInsSpark } from "./sign-ins-spark";
import { UserBadges } from "./user-badges";

/** A user at a glance, beside the list. */
export function UserPeek({
  user,
  factor,
  signIns,
  now,
}: {
  user: UserView;
  /** Of whom the reader may help to sign in. */
  factor: GetFactorOfOutcome | null;
  signIns: Awaited<ReturnType<typeof countSignIns>>;
  now: Date;
}) {
  const t = useTranslations("userDetail");
  const name = personName(user);
  return (
    <div className="space-y-5">
      <div className="flex items-start gap-3">
        <Avatar id={user.id} name={name} />
        <div className="min-w-0">
          <p className="font-semibold wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          {name !== user.email && <p className="text-sm text-soft wrap-anywhere">{user.email}</p>}
          <p className="mt-2 flex flex-wrap gap-2">
            <UserBadges user={user} />
          </p>
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-3 text-sm">
        <Fact label={t("number")}>{user.number}</Fact>
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
      {factor?.kind === "found" && <FactorLine factor={factor} />}
      {signIns.kind === "counted" && <SignInsSpark days={signIns.days} />}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-soft">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
