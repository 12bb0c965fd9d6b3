"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { THEMES } from "@/components/preferences";
import { env } from "@/lib/platform/env";
import { isLocale } from "@/lib/platform/i18n";
import { signOutBrowser } from "@/lib/sessions/auth";
import { KEPT } from "@/product";
import { formFields } from "./form-fields";

const A_YEAR = 365 * 24 * 60 * 60;

async function remember(name: string, value: string) {
  const { https } = env();
  (await cookies()).set(name, value, {
    maxAge: A_YEAR,
    httpOnly: true,
    sameSite: "lax",
    secure: https,
  });
}

export async function chooseLocale(form: FormData): Promise<void> {
  const { locale } = formFields(form, "locale");
  if (isLocale(locale)) await remember(KEPT.localeCookie, locale);
}

export async function chooseTheme(form: FormData): Promise<void> {
  const { theme } = formFields(form, "theme");
  if (THEMES.some((known) => known === theme)) await remember(KEPT.themeCookie, theme);
}

/** The list of what to do after a claim is not shown again in this browser. */
export async function putAwayNextSteps(): Promise<void> {
  await remember(KEPT.nextStepsCookie, "away");
}

export async function signOut(): Promise<void> {
  await signOutBrowser();
  redirect("/login");
}
