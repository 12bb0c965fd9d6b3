import { useFormatter, useTranslations } from "next-intl";
import { ShieldAlert } from "@/components/ui/icons/shield-alert";
import { TextLink } from "../ui/text-link";
import { UnlessOn } from "../unless-on";

const SET_UP = "/account/second-factor";

/** By when a second factor has to be there. Not where it is being set up. */
export function FactorNotice({ due }: { due: Date }) {
  const t = useTranslations("secondFactor");
  const format = useFormatter();
  return (
    <UnlessOn paths={[SET_UP, "/account/confirm"]}>
      <div role="status" className="border-b border-line bg-sunken">
        <p className="mx-auto flex max-w-6xl gap-3 px-4 py-2.5 text-sm sm:px-6">
          <ShieldAlert className="size-5 shrink-0 text-soft" aria-hidden="true" />
          <span>
            {t("dueNotice", { date: format.dateTime(due, { dateStyle: "long" }) })}{" "}
            <TextLink href={SET_UP}>{t("dueNoticeLink")}</TextLink>
          </span>
        </p>
      </div>
    </UnlessOn>
  );
}
