"use server";

import { refresh } from "next/cache";
import { getLocale } from "next-intl/server";
import type { UserChange } from "@/components/people/user-change";
import type { RestoreChange } from "@/components/users/one/delete-user";
import type { EditState, Typed } from "@/components/users/one/edit-state";
import { judgeMetadata } from "@/components/users/one/judge-metadata";
import type { LinkMade } from "@/components/users/one/link-maker";
import { type Snapshot, snapshotOf } from "@/components/users/one/snapshot";
import type { Actor } from "@/lib/access/actor";
import { listEvents } from "@/lib/audit/list-events";
import { removeSecondFactor } from "@/lib/factors/remove-second-factor";
import { resendInvitation } from "@/lib/links/resend-invitation";
import { startPasswordReset } from "@/lib/links/start-password-reset";
import { endSessionById, endSessionsOf } from "@/lib/sessions/end-sessions-of";
import { deleteUser } from "@/lib/users/delete-user";
import { restoreUser } from "@/lib/users/restore-user";
import { updateUser } from "@/lib/users/update-user";
import { formFields } from "../../../form-fields";
import { textArgument } from "../../../text-argument";
import { act, actAndShow } from "../../act";
import { orConfirmFirst } from "../../confirm-first";
import { readSnapshot } from "./read-snapshot";

/** Saves what differs from what the edit began with, unless the user was changed since. */
async function save(
  userId: string,
  typed: Typed,
  read: Snapshot | null,
  changesOf: (read: Snapshot) => Record<string, unknown>,
): Promise<EditState> {
  const outcome = await act(async (actor) => {
    // Without what was read nothing can be told apart: an edit of that kind is always stale.
    const changes = read === null ? {} : changesOf(read);
    const result = await updateUser(actor, userId, changes, read?.version ?? "");
    refresh();
    return result.kind === "stale" ? { ...result, by: await lastEditor(actor, userId) } : result;
  });
  switch (outcome.kind) {
    case "updated":
      return { kind: "saved", now: snapshotOf(outcome.user, outcome.etag) };
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    case "stale": {
      const { user, etag, by } = outcome;
      return { kind: "stale", read, now: snapshotOf(user, etag), by, typed };
    }
    default:
      return { kind: "refused", why: outcome, typed };
  }
}

/** Who changed the user last, as far as the audit trail and the reader's role tell. */
async function lastEditor(actor: Actor, targetId: string): Promise<string | null> {
  const listed = await listEvents(actor, { targetId, action: "user.updated", limit: 1 });
  const event = listed.kind === "listed" ? listed.events[0] : undefined;
  return event === undefined || event.actor.id === actor.userId ? null : event.actor.label;
}

export async function saveProfile(
  userId: string,
  _before: EditState,
  form: FormData,
): Promise<EditState> {
  const { name, email, read } = formFields(form, "name", "email", "read");
  return save(textArgument(userId), { name, email }, readSnapshot(read), (before) => ({
    ...(name !== before.name && { name }),
    ...(email !== before.email && { email }),
  }));
}

export async function saveMetadata(
  userId: string,
  _before: EditState,
  form: FormData,
): Promise<EditState> {
  const { metadata, read } = formFields(form, "metadata", "read");
  const judged = judgeMetadata(metadata);
  if (judged.kind === "wrong") {
    const problems = [{ field: "metadata", rule: "metadataInvalid" as const }];
    return { kind: "problems", problems, typed: { metadata } };
  }
  return save(textArgument(userId), { metadata }, readSnapshot(read), () => ({
    metadata: judged.value,
  }));
}

/** Ends the session that the form names. The page says how it stands then, also when the database is away. */
export async function endSession(form: FormData): Promise<void> {
  const { session } = formFields(form, "session");
  refresh();
  await act((actor) => endSessionById(actor, session));
}

/** Ends every session of a user; of one's own, every other. */
export async function forceSignOut(userId: string): Promise<UserChange> {
  const target = textArgument(userId);
  const outcome = await actAndShow((actor) =>
    endSessionsOf(actor, target, { exceptCurrent: target === actor.userId }),
  );
  return outcome.kind === "ended" ? { kind: "changed" } : outcome;
}

/** Takes the second factor off somebody who has lost it. */
export async function removeFactor(userId: string): Promise<UserChange> {
  const target = textArgument(userId);
  const outcome = await actAndShow((actor) => removeSecondFactor(actor, target));
  return outcome.kind === "removed" ? { kind: "changed" } : outcome;
}

export async function makeResetLink(userId: string): Promise<LinkMade> {
  const target = textArgument(userId);
  const locale = await getLocale();
  const outcome = await actAndShow((actor) => startPasswordReset(actor, target, locale));
  switch (outcome.kind) {
    case "started": {
      const { link, expiresAt, mail } = outcome;
      return { kind: "made", receipt: { link, expiresAt, mail } };
    }
    case "notActive":
    case "self":
      return { kind: "stale" };
    default:
      return outcome;
  }
}

export async function makeInvitation(userId: string): Promise<LinkMade> {
  const target = textArgument(userId);
  const locale = await getLocale();
  const outcome = await actAndShow((actor) => resendInvitation(actor, target, locale));
  switch (outcome.kind) {
    case "resent": {
      const { link, mail, invitation } = outcome;
      return { kind: "made", receipt: { link, expiresAt: invitation.expiresAt ?? "", mail } };
    }
    case "notInvited":
      return { kind: "stale" };
    default:
      return outcome;
  }
}

/** Not `actAndShow`: the page of a user who is gone must not be drawn again. */
export async function remove(userId: string): Promise<UserChange> {
  const target = textArgument(userId);
  const outcome = await orConfirmFirst(await act((actor) => deleteUser(actor, target)));
  return outcome.kind === "deleted" ? { kind: "changed" } : outcome;
}

export async function restore(userId: string): Promise<RestoreChange> {
  const target = textArgument(userId);
  const outcome = await actAndShow((actor) => restoreUser(actor, target));
  return outcome.kind === "restored" ? { kind: "changed" } : outcome;
}
