import "./look.css";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ApiReference } from "@/components/api-reference";
import { ApiSkeleton } from "@/components/api-skeleton";
import { OwnPlate } from "../../own-plate";
import { readTheme } from "../../read-theme";
import { scalarAddress } from "./scalar-file";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: t("api") };
}

const SPEC = "/v1/openapi.json";

/**
 * The API reference, for everybody. It has a content security policy of its own (docs/decisions/0018), so the ways
 * in and out are plain links: a page that the framework swaps in would run under the policy of the one before.
 */
export default async function ApiPage() {
  const t = await getTranslations("admin");
  return (
    <>
      <header className="sticky top-0 z-10 flex h-14 items-center gap-6 border-b border-line bg-canvas px-4 sm:px-6">
        <a href="/" className="flex items-center gap-2.5 rounded font-semibold">
          <OwnPlate />
        </a>
        <h1 className="text-soft">{t("api")}</h1>
        <a href={SPEC} className="ms-auto rounded text-sm text-soft hover:text-ink">
          openapi.json
        </a>
      </header>
      {/* Scalar brings a main of its own. */}
      <div id="content">
        <ApiReference
          code={await scalarAddress()}
          spec={SPEC}
          theme={await readTheme()}
          locale={await getLocale()}
        >
          <ApiSkeleton spec={SPEC} />
        </ApiReference>
      </div>
    </>
  );
}
