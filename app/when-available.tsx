import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import { DatabaseUnavailable } from "@/lib/platform/db";
import { MessagePage } from "./message-page";

/**
 * Renders a page, or says that the database is away. An error boundary could not: it would need JavaScript, and
 * would not be told what was thrown. The HTTP server sends either with status 503.
 */
export async function whenAvailable(render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return <Unavailable />;
    throw error;
  }
}

export function Unavailable() {
  const t = useTranslations("unavailable");
  return (
    <MessagePage title={t("title")} text={t("text")}>
      <p className="mb-8 text-soft">{t("operator")}</p>
      {/* An empty address is this one, and a form asks the server again where a link might not. */}
      <form>
        <button type="submit" className={buttonStyle({ look: "primary" })}>
          {t("retry")}
        </button>
      </form>
    </MessagePage>
  );
}
