import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { buttonStyle } from "@/components/ui/button-style";
import { getActor } from "@/lib/sessions/auth";
import { signOut } from "../actions";

export default async function NoAccess() {
  const t = await getTranslations("forbidden");
  const actor = await getActor();
  return (
    <Message title={t("title")} text={t("text", { email: actor?.email ?? "" })}>
      <form action={signOut}>
        <button type="submit" className={buttonStyle({ look: "primary" })}>
          {t("signOut")}
        </button>
      </form>
    </Message>
  );
}
