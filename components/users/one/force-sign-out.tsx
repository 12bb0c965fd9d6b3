import { useTranslations } from "next-intl";
import type { UserChange } from "@/components/people/user-change";
import { ConfirmedChange } from "./confirmed-change";

/** Ends every session of a user, or every other one of one's own, after asking. */
export function ForceSignOut({
  person,
  isSelf,
  count,
  end,
}: {
  person: { id: string; name: string; email: string };
  isSelf: boolean;
  /** How many would end; null when there are more than are shown. */
  count: number | null;
  end: (userId: string) => Promise<UserChange>;
}) {
  const t = useTranslations("userForms");
  const { name, email } = person;
  const ofOther = count === null ? t("forceTextMany", { email }) : t("forceText", { count, email });
  return (
    <ConfirmedChange
      person={person}
      change={end}
      words={{
        button: isSelf ? t("forceOthers") : t("forceSignOut"),
        title: isSelf ? t("forceSelfTitle") : t("forceTitle", { name }),
        text: isSelf ? t("forceSelfText") : ofOther,
        working: t("forcing"),
        done: isSelf ? t("forcedSelf") : t("forced", { name }),
      }}
    />
  );
}
