import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { UserView } from "@/lib/users/user-view";
import { LinkMaker, type MakeLink } from "./link-maker";

/** How a user gets in again, or in at all: by a link to choose a password with. */
export function SigningIn({
  person,
  status,
  isSelf,
  mayMake,
  makeInvitation,
  makeResetLink,
}: {
  person: { id: string; name: string; email: string };
  status: UserView["status"];
  isSelf: boolean;
  /** Whether the reader may make the link that this user needs. */
  mayMake: boolean;
  makeInvitation: MakeLink;
  makeResetLink: MakeLink;
}) {
  const t = useTranslations("userDetail");
  const { name } = person;
  if (isSelf) {
    return (
      <p className="text-sm">
        {t.rich("resetSelf", {
          link: (chunks) => <TextLink href="/account/security">{chunks}</TextLink>,
        })}
      </p>
    );
  }
  if (status === "disabled") return <p className="text-sm text-soft">{t("resetDisabled")}</p>;
  if (!mayMake) return null;
  const invited = status === "invited";
  return (
    <>
      <p className="mb-4 text-sm text-soft wrap-anywhere">
        {invited ? t("resendText") : t("resetText", { name })}
      </p>
      <LinkMaker
        person={person}
        make={invited ? makeInvitation : makeResetLink}
        words={{
          make: invited ? t("resend") : t("reset"),
          making: t("resetting"),
          title: t("linkFor", { name }),
        }}
      />
    </>
  );
}
