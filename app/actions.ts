"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { THEMES } from "@/components/preferences";
import { env } from "@/lib/platform/env";
import { isLocale, LOCALE_COOKIE } from "@/lib/platform/i18n";
import { signOutBrowser } from "@/lib/sessions/auth";
import { formFields } from "./form-fields";
import { THEME_COOKIE } from "./read-theme";

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
  if (isLocale(locale)) await remember(LOCALE_COOKIE, locale);
}

export async function chooseTheme(form: FormData): Promise<void> {
  const { theme } = formFields(form, "theme");
  if (THEMES.some((known) => known === theme)) await remember(THEME_COOKIE, theme);
}

export async function signOut(): Promise<void> {
  await signOutBrowser();
  redirect("/login");
}
