import { useTranslations } from "next-intl";
import { Message } from "@/components/message";
import { TextLink } from "@/components/ui/text-link";

export function NoSuchUser() {
  const t = useTranslations("userDetail");
  return (
    <Message title={t("notFoundTitle")} text={t("notFoundText")}>
      <TextLink href="/users">{t("notFoundLink")}</TextLink>
    </Message>
  );
}
