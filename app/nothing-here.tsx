import { useTranslations } from "next-intl";
import type { ComponentProps, ComponentType } from "react";
import { Message } from "@/components/message";
import { textLinkStyle } from "@/components/ui/text-link-style";

/** @param Frame a whole page where no layout is around it */
export function NothingHere({
  Frame = Message,
}: {
  Frame?: ComponentType<ComponentProps<typeof Message>>;
}) {
  const t = useTranslations("notFound");
  return (
    <Frame title={t("title")} text={t("text")}>
      {/* Not a Link: every page brings along what the page for nothing needs. */}
      <a href="/" className={textLinkStyle}>
        {t("home")}
      </a>
    </Frame>
  );
}
