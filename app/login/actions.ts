"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SignInState } from "@/components/sign-in/sign-in-form";
import { waitText } from "@/components/wait-text";
import { startPasskeySignIn } from "@/lib/factors/take-passkey";
import { passkey } from "@/lib/sessions/providers/passkey";
import { PROVIDERS } from "@/lib/sessions/providers/providers";
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
  const outcome = await signInBrowser({
    step: "proof",
    by: passkey.name,
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
  const shown = PROVIDERS.find(({ name }) => name === by)?.shown;
  const fields = shown?.kind === "form" ? shown.fields : [];
  const sent: Record<string, string> = formFields(form, ...fields.map(({ name }) => name));
  const typed: Record<string, string> = {};
  for (const { name, type } of fields) if (type !== "password") typed[name] = sent[name] ?? "";

  const t = await getTranslations("signIn");
  const again = (message: string | null, secondStep: string | null = null): SignInState => ({
    message,
    by: fields.length > 0 ? by : "",
    typed,
    ticket: secondStep,
  });
  const second = ticket !== "";
  const isEmpty = ({ name }: { name: string }) => (typed[name]?.trim() ?? sent[name]) === "";
  if (!second && fields.some(isEmpty)) return again(t("missing"));
  if (second && code.trim() === "") return again(t("wrongCode"), ticket);
  const outcome = await signInBrowser(
    second ? { step: "code", ticket, code } : { step: "proof", by, sent },
  );
  switch (outcome.kind) {
    case "signedIn":
      return redirect(safeNext(next));
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
      return again(message, second ? ticket : null);
    }
  }
}
