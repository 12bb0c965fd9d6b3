import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "./client-messages";
import { readTheme } from "./read-theme";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  robots: { index: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html
      lang={await getLocale()}
      data-theme={await readTheme()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <ClientMessages sections={["failure"]}>{children}</ClientMessages>
      </body>
    </html>
  );
}
