"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SignInState } from "@/components/sign-in/sign-in-form";
import { waitText } from "@/components/wait-text";
import { startPasskeySignIn } from "@/lib/factors/take-passkey";
import { signInBrowser } from "@/lib/sessions/sign-in-browser";
import { formFields } from "../form-fields";
import { textArgument } from "../text-argument";
import { safeNext } from "./safe-next";

export async function startPasskey() {
  return startPasskeySignIn();
}

export async function finishPasskey(answer: {
  ticket: string;
  response: string;
  next: string;
}): Promise<string> {
  const ticket = textArgument(answer?.ticket);
  const response = textArgument(answer?.response);
  const outcome = await signInBrowser({ step: "proof", by: "passkey", sent: { ticket, response } });
  if (outcome.kind === "signedIn") redirect(safeNext(answer.next));
  if ("retryAfter" in outcome) {
    const waiting = await getTranslations("waiting");
    return waitText(waiting, outcome.kind, outcome.retryAfter);
  }
  const t = await getTranslations("signIn");
  return t("passkeyRefused");
}

export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const { email, password, ticket, code, next } = formFields(
    form,
    "email",
    "password",
    "ticket",
    "code",
    "next",
  );
  const t = await getTranslations("signIn");
  const second = ticket !== "";
  if (!second && (email.trim() === "" || password === "")) {
    return { message: t("missing"), email, ticket: null };
  }
  if (second && code.trim() === "") return { message: t("wrongCode"), email, ticket };
  const outcome = await signInBrowser(
    second
      ? { step: "code", ticket, code }
      : { step: "proof", by: "password", sent: { email, password } },
  );
  switch (outcome.kind) {
    case "signedIn":
      return redirect(safeNext(next));
    case "secondFactorRequired":
      return { message: null, email, ticket: outcome.ticket };
    case "invalidSecondFactor":
      return { message: t("wrongCode"), email, ticket };
    case "uncheckableSecondFactor":
      return { message: t("uncheckableCode"), email, ticket };
    case "invalidCredentials":
      return { message: t(second ? "expired" : "invalidCredentials"), email, ticket: null };
    default: {
      const waiting = await getTranslations("waiting");
      const message = waitText(waiting, outcome.kind, outcome.retryAfter);
      return { message, email, ticket: second ? ticket : null };
    }
  }
}
