import { getTranslations } from "next-intl/server";
import { Message } from "@/components/message";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { getActor } from "@/lib/sessions/auth";
import { signOut } from "./actions";

/** For somebody signed in whose role does not reach here; what it does reach is one's own account. */
export async function NoAccess() {
  const [t, account] = await Promise.all([
    getTranslations("forbidden"),
    getTranslations("account"),
  ]);
  const actor = await getActor();
  return (
    <Message title={t("title")} text={t("text", { email: actor?.email ?? "" })}>
      <div className="flex flex-wrap gap-3">
        <Link href="/account" className={buttonStyle({ look: "primary" })}>
          {account("open")}
        </Link>
        <form action={signOut}>
          <Button type="submit">{t("signOut")}</Button>
        </form>
      </div>
    </Message>
  );
}
