import { useTranslations } from "next-intl";
import { Message } from "@/components/message";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";

export function NoSuchJob() {
  const t = useTranslations("bulk");
  return (
    <Message title={t("notFoundTitle")} text={t("notFoundText")}>
      <Link href="/users" className={buttonStyle({ look: "primary" })}>
        {t("backToUsers")}
      </Link>
    </Message>
  );
}
