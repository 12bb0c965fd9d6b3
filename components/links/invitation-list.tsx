"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { roleLabel } from "@/components/people/role-label";
import type { InvitationView } from "@/lib/links/invitation-view";
import { ConfirmDialog } from "../confirm-dialog";
import { useRefusalText } from "../form/use-refusal-text";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useToast } from "../ui/toaster";
import type { LinkReceiptData, LinkRefusal } from "./link-change";
import { LinkReceipt } from "./link-receipt";

export type InvitationChanges = {
  resend: (id: string) => Promise<{ kind: "resent"; receipt: LinkReceiptData } | LinkRefusal>;
  revoke: (id: string) => Promise<{ kind: "revoked" } | LinkRefusal>;
};

const TONE = { live: "ok", expired: "off", revoked: "off", none: "plain" } as const;

/** Who was invited and has not joined yet. */
export function InvitationList({
  invitations,
  changes,
}: {
  invitations: readonly InvitationView[];
  changes: InvitationChanges;
}) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {invitations.map((invitation) => (
        <Row key={invitation.id} invitation={invitation} changes={changes} />
      ))}
    </ul>
  );
}

function Row({ invitation, changes }: { invitation: InvitationView; changes: InvitationChanges }) {
  const t = useTranslations("links");
  const receiptWords = useTranslations("linkReceipt");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const toast = useToast();
  const refusalText = useRefusalText();
  const [working, start] = useTransition();
  const [receipt, setReceipt] = useState<LinkReceiptData>();
  const [asking, setAsking] = useState(false);
  const { id, email, link, invitedBy, expiresAt, remindedAt } = invitation;
  const name = invitation.name ?? email;

  const tell = (refusal: LinkRefusal) =>
    toast({ text: refusalText(refusal, (reason) => t(reason, { name })), tone: "danger" });
  const resend = () =>
    start(async () => {
      const outcome = await changes.resend(id);
      if (outcome.kind === "resent") setReceipt(outcome.receipt);
      else tell(outcome);
    });
  const revoke = () =>
    start(async () => {
      const outcome = await changes.revoke(id);
      setAsking(false);
      if (outcome.kind === "revoked") toast({ text: t("revoked", { name }) });
      else tell(outcome);
    });

  const date = expiresAt && format.dateTime(new Date(expiresAt), { dateStyle: "long" });
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
      <div className="flex min-w-0 flex-1 basis-80 items-start gap-3">
        <Avatar id={id} name={name} />
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium wrap-anywhere">{name}</span>
            <Badge>{roleLabel(roles, invitation.role)}</Badge>
            <Badge dot tone={TONE[link]}>
              {t(`state_${link}`)}
            </Badge>
          </p>
          {name !== email && <p className="text-sm text-soft wrap-anywhere">{email}</p>}
          <p className="mt-1 text-sm text-soft wrap-anywhere">
            {invitedBy === null || date === null
              ? t("neverInvited")
              : link === "live"
                ? t("byUntil", { by: invitedBy.label, date })
                : t("by", { by: invitedBy.label })}
          </p>
          {remindedAt && (
            <p className="text-sm text-soft">
              {t("reminded", {
                date: format.dateTime(new Date(remindedAt), { dateStyle: "long" }),
              })}
            </p>
          )}
        </div>
      </div>
      <div className="flex gap-2 max-sm:ps-11">
        <Button
          size="sm"
          aria-label={t("newLinkFor", { name })}
          aria-disabled={working}
          onClick={() => {
            if (!working) resend();
          }}
        >
          {t("newLink")}
        </Button>
        {link === "live" && (
          <Button
            size="sm"
            look="quiet"
            aria-label={t("revokeFor", { name })}
            onClick={() => setAsking(true)}
          >
            {t("revoke")}
          </Button>
        )}
      </div>
      {receipt && (
        <Dialog title={t("newLinkTitle", { name })} onClose={() => setReceipt(undefined)}>
          <p className="mt-3 mb-6 text-soft">{t("newLinkText")}</p>
          <LinkReceipt receipt={receipt} />
          <div className="mt-8 flex justify-end">
            <Button onClick={() => setReceipt(undefined)}>{receiptWords("done")}</Button>
          </div>
        </Dialog>
      )}
      {asking && (
        <ConfirmDialog
          title={t("revokeTitle", { name })}
          text={t("revokeText", { email })}
          confirm={t("revokeConfirm")}
          working={t("revoking")}
          cancel={t("cancel")}
          pending={working}
          onConfirm={revoke}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
