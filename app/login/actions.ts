"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SignInState } from "@/components/sign-in/sign-in-form";
import { waitText } from "@/components/wait-text";
import { startPasskeySignIn } from "@/lib/factors/take-passkey";
import { refuseMalformed } from "@/lib/platform/http/malformed";
import { type BrowserSignIn, signInBrowser } from "@/lib/sessions/auth";
import { passkey } from "@/lib/sessions/providers/passkey";
import { PROVIDERS } from "@/lib/sessions/providers/providers";
import { ENROL } from "../enrol";
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
  const outcome = await signInBrowser({
    step: "proof",
    provider: passkey,
    sent: { ticket, response },
  });
  if (outcome.kind === "signedIn") redirect(safeNext(answer.next));
  if ("retryAfter" in outcome) {
    const waiting = await getTranslations("waiting");
    return waitText(waiting, outcome.kind, outcome.retryAfter);
  }
  const t = await getTranslations("signIn");
  return t("passkeyRefused");
}

export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const { by, ticket, code, next } = formFields(form, "by", "ticket", "code", "next");
  const t = await getTranslations("signIn");
  const second = ticket !== "";
  const { fields, asked } = second
    ? { fields: [], asked: { step: "code", sent: { ticket, code } } as const }
    : proofIn(form, by);
  const typed: Record<string, string> = {};
  for (const { name, type, value } of fields) if (type !== "password") typed[name] = value;
  const again = (
    message: string | null,
    nextTicket: string | null = null,
    retryAfter: number | null = null,
  ): SignInState => ({ message, by, typed, ticket: nextTicket, retryAfter });
  if (fields.some(({ type, value }) => (type === "password" ? value : value.trim()) === "")) {
    return again(t("missing"));
  }
  if (second && code.trim() === "") return again(t("wrongCode"), ticket);
  const outcome = await signInBrowser(asked);
  switch (outcome.kind) {
    case "signedIn":
      // Whoever had to take one has lost something, and has one less.
      return redirect(
        outcome.recoveryCodesLeft === undefined
          ? safeNext(next)
          : `${ENROL}?${new URLSearchParams({ recovered: safeNext(next) })}`,
      );
    case "secondFactorRequired":
      return again(null, outcome.ticket);
    case "invalidSecondFactor":
      return again(t("wrongCode"), ticket);
    case "uncheckableSecondFactor":
      return again(t("uncheckableCode"), ticket);
    case "invalidCredentials":
      return again(t(second ? "expired" : "invalidCredentials"));
    default: {
      const waiting = await getTranslations("waiting");
      const message = waitText(waiting, outcome.kind, outcome.retryAfter);
      return again(message, second ? ticket : null, outcome.retryAfter);
    }
  }
}

/** What was typed into the form of a provider. @throws {Malformed} for a name that no form on the page has */
function proofIn(form: FormData, by: string) {
  const provider = PROVIDERS.find(({ name }) => name === by);
  if (provider?.shown.kind !== "form")
    return refuseMalformed(`There is no form to sign in by "${by}".`);
  const { fields } = provider.shown;
  const sent = formFields(form, ...fields.map(({ name }) => name));
  const asked: BrowserSignIn = { step: "proof", provider, sent };
  return { fields: fields.map((field) => ({ ...field, value: sent[field.name] ?? "" })), asked };
}
