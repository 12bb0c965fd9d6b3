import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { FailureWords } from "@/components/failure-words";
import { readTheme } from "./read-theme";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  robots: { index: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("failure");
  const words = {
    title: t("title"),
    text: t("text"),
    reference: t("reference"),
    retry: t("retry"),
  };
  return (
    <html
      lang={await getLocale()}
      data-theme={await readTheme()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <FailureWords words={words}>{children}</FailureWords>
      </body>
    </html>
  );
}
