"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { LeaveState } from "@/components/account/leave-form";
import type { OwnProfileState } from "@/components/account/own-profile-form";
import type { PasswordState } from "@/components/account/password-form";
import type { CreateTokenState } from "@/components/tokens/create-token-form";
import type { RevokeToken } from "@/components/tokens/revoke-token-button";
import { databaseNow } from "@/lib/platform/database-now";
import { daysAfter } from "@/lib/platform/days";
import { refuseMalformed } from "@/lib/platform/http/malformed";
import { answerSignIn } from "@/lib/sessions/answer-sign-in";
import { setSessionCookie, signOutBrowser } from "@/lib/sessions/auth";
import { changePassword as changePasswordOperation } from "@/lib/sessions/change-password";
import { endSessionById, endSessionsOf } from "@/lib/sessions/end-sessions-of";
import { createToken as createTokenOperation } from "@/lib/tokens/create-token";
import { revokeToken as revokeTokenOperation } from "@/lib/tokens/revoke-token";
import { deleteOwnAccount } from "@/lib/users/delete-own-account";
import { updateOwnProfile } from "@/lib/users/update-own-profile";
import { formFields } from "../../form-fields";
import { act, actAndShow, actFrom, leadOn } from "../act";
import { orConfirmFirst } from "../confirm-first";

const PROFILE = "/account";
const SECURITY = "/account/security";
const SESSIONS = "/account/sessions";
const SIGN_IN = "/login?next=%2Faccount";

export async function changePassword(
  _before: PasswordState,
  form: FormData,
): Promise<PasswordState> {
  const { current, next } = formFields(form, "current", "next");
  const outcome = await actFrom(SECURITY, (actor) =>
    changePasswordOperation(actor, { current, next }, { goOn: true }),
  );
  switch (outcome.kind) {
    case "changed": {
      // The change has ended every session, this one too; whoever made it goes on with a new one.
      if (outcome.sessionId === null) return redirect(SIGN_IN);
      await setSessionCookie(outcome.sessionId);
      return redirect(`${SECURITY}?changed=1#change-password`);
    }
    case "forbidden":
      return redirect(SIGN_IN);
    case "wrongPassword":
      return { kind: "problems", problems: [{ field: "current", rule: "wrongPassword" }] };
    case "invalid":
      return { kind: "problems", problems: outcome.issues };
    default:
      return { kind: "refused", why: outcome };
  }
}

/** Saves one's own name and, where the form has one, e-mail address. */
export async function saveProfile(
  _before: OwnProfileState,
  form: FormData,
): Promise<OwnProfileState> {
  const { name, email, version } = formFields(form, "name", "email", "version");
  const typed = { name, ...(form.has("email") && { email }) };
  const outcome = await actFrom(PROFILE, (actor) => updateOwnProfile(actor, typed, version));
  switch (outcome.kind) {
    case "updated":
      refresh(); // the frame of the page shows the name too
      return redirect(`${PROFILE}?saved=1#profile`);
    case "forbidden":
      return redirect(SIGN_IN);
    case "invalid":
      return { kind: "problems", problems: outcome.issues, typed };
    case "stale": {
      const { user, etag } = outcome;
      return {
        kind: "stale",
        now: { name: user.name ?? "", email: user.email, version: etag },
        typed,
      };
    }
    default:
      return { kind: "refused", why: outcome, typed };
  }
}

/** Deletes one's own account, whose address was typed, and leads out. */
export async function leave(_before: LeaveState, form: FormData): Promise<LeaveState> {
  const { email } = formFields(form, "email");
  const outcome = await orConfirmFirst(
    await actFrom(PROFILE, async (actor) =>
      email.trim().toLowerCase() === actor.email
        ? deleteOwnAccount(actor)
        : { kind: "mismatch" as const },
    ),
    `${PROFILE}?leave=1#leave`,
  );
  switch (outcome.kind) {
    case "deleted":
      await signOutBrowser();
      return redirect("/login?left=1");
    case "mismatch":
      return { kind: "mismatch" };
    default:
      return { kind: "refused", why: outcome };
  }
}

/** "It was me", of the sign-in that the form names. */
export async function recognizeSignIn(form: FormData): Promise<void> {
  const { session } = formFields(form, "session");
  await actFrom(SECURITY, (actor) => answerSignIn(actor, session, "me"));
  refresh(); // it says how things stand then, also when the database is away
}

/** "It was not me": ends that session, and leads to a new password. */
export async function disownSignIn(form: FormData): Promise<void> {
  const { session } = formFields(form, "session");
  const outcome = await actFrom(SECURITY, (actor) => answerSignIn(actor, session, "notMe"));
  refresh(); // what is told of it in the frame of the page
  leadOn(outcome, `${SECURITY}?disowned=1#change-password`);
}

/** Ends one session, named by the form, if it is one's own. */
export async function endSession(form: FormData): Promise<void> {
  const { session } = formFields(form, "session");
  leadOn(await actFrom(SESSIONS, (actor) => endSessionById(actor, session)), SESSIONS);
}

export async function endOtherSessions(): Promise<void> {
  const outcome = await actFrom(SESSIONS, (actor) =>
    endSessionsOf(actor, actor.userId, { exceptCurrent: true }),
  );
  leadOn(outcome, SESSIONS);
}

/** Makes an API token for whoever is signed in. `expires` is a number of days, or "never". */
export async function createToken(
  _before: CreateTokenState,
  form: FormData,
): Promise<CreateTokenState> {
  const { name, expires } = formFields(form, "name", "expires");
  const abilities = form.getAll("abilities").map(String);
  const typed = { name, abilities, expires };
  const days = /^\d{1,4}$/.test(expires) ? Number(expires) : null;
  if (days === null && expires !== "never") {
    return { kind: "problems", problems: [{ field: "expires", rule: "expiryInvalid" }], typed };
  }
  const expiresAt = days === null ? null : daysAfter(databaseNow(), days).toISOString();
  const outcome = await act((actor) => createTokenOperation(actor, { name, abilities, expiresAt }));
  switch (outcome.kind) {
    case "created":
      refresh();
      return { kind: "made", name: outcome.token.name, secret: outcome.secret };
    case "invalid": {
      const problems = outcome.issues.map(({ field, rule }) => ({
        field: field === "expiresAt" ? "expires" : field,
        rule,
      }));
      return { kind: "problems", problems, typed };
    }
    default:
      return { kind: "refused", why: outcome, typed };
  }
}

/** Revokes a token for whoever is signed in: their own, or that of a user they may update. */
export const revokeToken: RevokeToken = async (id) => {
  const tokenId = typeof id === "number" ? id : Number(typeof id === "string" ? id : Number.NaN);
  if (!Number.isInteger(tokenId) || tokenId < 1) return refuseMalformed("It is no token's number.");
  return actAndShow((actor) => revokeTokenOperation(actor, tokenId));
};
