import { useTranslations } from "next-intl";
import { Message } from "@/components/message";
import { textLinkStyle } from "@/components/ui/text-link-style";

/** In the frame of the administration, as every page there; the one outside of it brings a frame of its own. */
export default function NothingHere() {
  const t = useTranslations("notFound");
  return (
    <Message title={t("title")} text={t("text")}>
      <a href="/" className={textLinkStyle}>
        {t("home")}
      </a>
    </Message>
  );
}
