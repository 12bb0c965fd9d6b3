"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SignInState } from "@/components/sign-in/sign-in-form";
import { waitText } from "@/components/wait-text";
import { signInBrowser } from "@/lib/sessions/auth";
import { formFields } from "../form-fields";
import { safeNext } from "./safe-next";

export async function signIn(_before: SignInState, form: FormData): Promise<SignInState> {
  const { email, password, next } = formFields(form, "email", "password", "next");
  const t = await getTranslations("signIn");
  if (email.trim() === "" || password === "") return { message: t("missing"), email };
  const outcome = await signInBrowser({ email, password });
  switch (outcome.kind) {
    case "signedIn":
      return redirect(safeNext(next));
    case "invalidCredentials":
      return { message: t("invalidCredentials"), email };
    default: {
      const waiting = await getTranslations("waiting");
      return { message: waitText(waiting, outcome.kind, outcome.retryAfter), email };
    }
  }
}
