import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { Message } from "@/components/message";
import { buttonStyle } from "@/components/ui/button-style";
import { DatabaseUnavailable } from "@/lib/platform/db";
import { getRequestContext } from "@/lib/platform/request-context";
import { MessagePage } from "./message-page";
import { PageRefusal } from "./page-refusal";

/**
 * Renders a page, or says that the database is away, or what the page says instead of itself. An error boundary could not:
 * it would need JavaScript, and would not be told what was thrown. The HTTP server sends each with its status.
 *
 * @param Frame what to say it in: a whole page, or the message alone where a layout is around it
 */
export async function whenAvailable(
  render: () => Promise<ReactNode>,
  Frame: typeof Message = MessagePage,
): Promise<ReactNode> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof PageRefusal) {
      const request = getRequestContext();
      if (request) request.instead ??= { why: "refused", status: error.status };
      return error.words;
    }
    if (!(error instanceof DatabaseUnavailable)) throw error;
  }
  const t = await getTranslations("unavailable");
  return (
    <Frame title={t("title")} text={t("text")}>
      <p className="mb-8 text-soft">{t("operator")}</p>
      {/* A form without an address asks the server for this page again; a link might be answered from memory. */}
      <form>
        <button type="submit" className={buttonStyle({ look: "primary" })}>
          {t("retry")}
        </button>
      </form>
    </Frame>
  );
}
