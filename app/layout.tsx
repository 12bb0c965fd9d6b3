import "./globals.css";
import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AddressWords } from "@/components/address/address-words";
import { FailureWords } from "@/components/failure-words";
import { TypedAgain } from "@/components/typed/typed-again";
import { getRequestContext } from "@/lib/platform/request-context";
import { settings } from "@/lib/settings/settings";
import { markPath } from "@/lib/settings/settings-view";
import { PRODUCT } from "@/product";
import { accentStyle } from "./accent-style";
import { geistMono } from "./fonts/geist-mono";
import { geistSans } from "./fonts/geist-sans";
import { readAddress } from "./read-address";
import { readTheme } from "./read-theme";
import { WrongAddressPage } from "./wrong-address-page";

export function generateMetadata(): Metadata {
  const { name } = settings();
  return {
    // Next puts the page's own title for each %s, so that the name may have none.
    title: { default: name, template: `%s · ${name.replaceAll("%s", "")}` },
    description: PRODUCT.tagline,
    robots: { index: false },
  };
}

/** --canvas of globals.css. */
const CANVAS = { light: "#fafbfc", dark: "#101215" } as const;

export async function generateViewport(): Promise<Viewport> {
  const theme = await readTheme();
  const themeColor =
    theme === "system"
      ? (["light", "dark"] as const).map((scheme) => ({
          media: `(prefers-color-scheme: ${scheme})`,
          color: CANVAS[scheme],
        }))
      : CANVAS[theme];
  return { colorScheme: "light dark", themeColor };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("failure");
  const { name, mark, accent } = settings();
  const words = {
    name,
    mark: mark && markPath(mark),
    title: t("title"),
    text: t("text"),
    reference: t("reference"),
    retry: t("retry"),
  };
  const language = await getTranslations("language");
  const instead = getRequestContext()?.instead?.why;
  return (
    <html
      lang={await getLocale()}
      dir={language("direction")}
      data-theme={await readTheme()}
      style={accent === null ? undefined : accentStyle(accent)}
      className={`${geistSans.variable} ${geistMono.variable}`}
    >
      <body>
        <AddressWords address={await readAddress()}>
          <FailureWords words={words}>
            {instead === "address" ? <WrongAddressPage /> : children}
          </FailureWords>
          <TypedAgain givenBack={instead === "otherBuild"} words={t("otherBuild")} />
        </AddressWords>
      </body>
    </html>
  );
}
