"use server";

import { getLocale, getTranslations } from "next-intl/server";
import type { ForgottenState } from "@/components/links/forgotten-form";
import { waitText } from "@/components/wait-text";
import { forgottenPassword } from "@/lib/links/forgotten-password";
import { orLater } from "@/lib/platform/or-later";
import { formFields } from "../form-fields";

/** Asks for a link by mail; the answer says nothing about whether there is such an account. */
export async function askForLink(_before: ForgottenState, form: FormData): Promise<ForgottenState> {
  const { email } = formFields(form, "email");
  const t = await getTranslations("forgotten");
  if (email.trim() === "") return { kind: "again", email, message: t("missing") };
  const locale = await getLocale();
  const outcome = await orLater(() => forgottenPassword(email, locale));
  switch (outcome.kind) {
    case "asked":
      return { kind: "asked", text: t("asked", { email: email.trim() }) };
    case "mailOff":
      return { kind: "again", email, message: t("mailOff") };
    default: {
      const waiting = await getTranslations("waiting");
      return { kind: "again", email, message: waitText(waiting, outcome.kind, outcome.retryAfter) };
    }
  }
}
