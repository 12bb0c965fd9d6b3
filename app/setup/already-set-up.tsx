import { useTranslations } from "next-intl";
import { buttonStyle } from "@/components/ui/button-style";
import { MessagePage } from "../message-page";

export function AlreadySetUp() {
  const t = useTranslations("claimed");
  return (
    <MessagePage title={t("title")} text={t("text")}>
      <a href="/login" className={buttonStyle({ look: "primary" })}>
        {t("signIn")}
      </a>
    </MessagePage>
  );
}
