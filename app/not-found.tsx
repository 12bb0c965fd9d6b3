import { useTranslations } from "next-intl";
import { textLinkStyle } from "@/components/ui/text-link-style";
import { MessagePage } from "./message-page";

export default function NotFound() {
  const t = useTranslations("notFound");
  return (
    <MessagePage title={t("title")} text={t("text")}>
      {/* Not a Link: every page brings along what the page for nothing needs. */}
      <a href="/" className={textLinkStyle}>
        {t("home")}
      </a>
    </MessagePage>
  );
}
