import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import { MessagePage } from "./message-page";

export default function NotFound() {
  const t = useTranslations("notFound");
  return (
    <MessagePage title={t("title")} text={t("text")}>
      <TextLink href="/">{t("home")}</TextLink>
    </MessagePage>
  );
}
