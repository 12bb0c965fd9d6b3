import { useFormatter, useTranslations } from "next-intl";
import { roleLabel } from "@/components/people/role-label";
import type { JoinLinkView } from "@/lib/links/join-link";
import type { JoinRequestView } from "@/lib/links/join-request";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";

type Send = (form: FormData) => Promise<void>;

const TONE = { live: "ok", usedUp: "off", expired: "off", revoked: "off" } as const;

/** Links for several people, each with its places. */
export function JoinLinkList({
  joinLinks,
  revoke,
}: {
  joinLinks: readonly JoinLinkView[];
  revoke: Send;
}) {
  const t = useTranslations("joinLinks");
  const roles = useTranslations("roles");
  const format = useFormatter();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {joinLinks.map((link) => (
        <li key={link.id} className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
          <div className="min-w-0 flex-1 basis-72">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium wrap-anywhere">{link.name}</span>
              <Badge>{roleLabel(roles, link.role)}</Badge>
              <Badge dot tone={TONE[link.state]}>
                {t(`state_${link.state}`)}
              </Badge>
            </p>
            <p className="mt-1 text-sm text-soft tabular-nums wrap-anywhere">
              {[
                t("places", { uses: link.uses, max: link.maxUses }),
                ...(link.domain === null ? [] : [t("onlyDomain", { domain: link.domain })]),
                t(link.approval ? "withApproval" : "withoutApproval"),
              ].join(" · ")}
            </p>
            <p className="text-sm text-soft wrap-anywhere">
              {t("byUntil", {
                by: link.createdBy.label,
                date: format.dateTime(new Date(link.expiresAt), { dateStyle: "long" }),
              })}
            </p>
          </div>
          {link.state === "live" && (
            <form action={revoke}>
              <input type="hidden" name="id" value={link.id} />
              <Button type="submit" size="sm" aria-label={t("revokeFor", { name: link.name })}>
                {t("revoke")}
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Who came by such a link and waits to be let in. */
export function JoinRequestList({
  joinRequests,
  approve,
  refuse,
}: {
  joinRequests: readonly JoinRequestView[];
  approve: Send;
  refuse: Send;
}) {
  const t = useTranslations("joinLinks");
  const roles = useTranslations("roles");
  const format = useFormatter();
  return (
    <ul className="divide-y divide-line border-y border-line">
      {joinRequests.map(({ id, email, name: given, role, joinLink, createdAt }) => {
        const name = given ?? email;
        return (
          <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
            <div className="flex min-w-0 flex-1 basis-72 items-start gap-3">
              <Avatar id={id} name={name} />
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="font-medium wrap-anywhere">{name}</span>
                  <Badge>{roleLabel(roles, role)}</Badge>
                </p>
                {name !== email && <p className="text-sm text-soft wrap-anywhere">{email}</p>}
                <p className="mt-1 text-sm text-soft wrap-anywhere">
                  {t("cameBy", {
                    link: joinLink.name,
                    date: format.dateTime(new Date(createdAt), { dateStyle: "long" }),
                  })}
                </p>
              </div>
            </div>
            <div className="flex gap-2 max-sm:ps-11">
              <form action={approve}>
                <input type="hidden" name="id" value={id} />
                <Button type="submit" size="sm" aria-label={t("approveFor", { name })}>
                  {t("approve")}
                </Button>
              </form>
              <form action={refuse}>
                <input type="hidden" name="id" value={id} />
                <Button type="submit" size="sm" look="quiet" aria-label={t("refuseFor", { name })}>
                  {t("refuse")}
                </Button>
              </form>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
