"use server";

import { redirect } from "next/navigation";
import type { PasswordState } from "@/components/account/password-form";
import { orLater } from "@/lib/platform/or-later";
import { getActor, signInBrowser } from "@/lib/sessions/auth";
import { changePassword as changePasswordOperation } from "@/lib/sessions/change-password";
import { endSessionById, endSessionsOf } from "@/lib/sessions/end-sessions-of";
import { formFields } from "../../form-fields";

const SIGN_IN = "/login?next=%2Faccount";

export async function changePassword(
  _before: PasswordState,
  form: FormData,
): Promise<PasswordState> {
  const { current, next } = formFields(form, "current", "next");
  const actor = await getActor();
  if (actor === null) redirect(SIGN_IN);
  const outcome = await orLater(() => changePasswordOperation(actor, { current, next }));
  switch (outcome.kind) {
    case "changed": {
      // The change has ended every session, this one too; whoever made it goes on with a new one.
      const { kind } = await signInBrowser({ email: actor.email, password: next });
      return redirect(kind === "signedIn" ? "/account?changed=1" : SIGN_IN);
    }
    case "forbidden":
      return redirect(SIGN_IN);
    case "wrongPassword":
      return { kind: "problems", problems: [{ field: "current", rule: "wrongPassword" }] };
    case "invalid":
      return { kind: "problems", problems: outcome.issues };
    case "rateLimited":
    case "unavailable":
    case "overloaded":
      return { kind: "wait", reason: outcome.kind, retryAfter: outcome.retryAfter };
  }
}

/** Ends one session, named by the form, if it is one's own. */
export async function endSession(form: FormData): Promise<void> {
  const actor = await getActor();
  if (actor === null) redirect(SIGN_IN);
  await endSessionById(actor, formFields(form, "session").session);
  redirect("/account");
}

export async function endOtherSessions(): Promise<void> {
  const actor = await getActor();
  if (actor === null) redirect(SIGN_IN);
  await endSessionsOf(actor, actor.userId, { exceptCurrent: true });
  redirect("/account");
}
