import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountFrame } from "@/components/account/account-frame";
import { Message } from "@/components/message";
import { Section } from "@/components/section";
import { CreateTokenForm } from "@/components/tokens/create-token-form";
import { TokenList } from "@/components/tokens/token-list";
import { buttonStyle } from "@/components/ui/button-style";
import { Link } from "@/components/ui/link";
import { summaryWords } from "@/components/ui/summary-words";
import { recentlyConfirmed } from "@/lib/access/recently-confirmed";
import { databaseNow } from "@/lib/platform/database-now";
import { ABILITIES } from "@/lib/tokens/abilities";
import { listTokens } from "@/lib/tokens/list-tokens";
import { ClientMessages } from "../../../client-messages";
import { whenAvailable } from "../../../when-available";
import { confirmAddress } from "../../confirm-first";
import { requirePerson } from "../../require-actor";
import { createToken, revokeToken } from "../actions";

const HERE = "/account/tokens";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tokens");
  return { title: t("title") };
}

/** One's own API tokens. The form for another one opens when it is asked for, and takes the password first. */
export default function TokensPage({ searchParams }: PageProps<"/account/tokens">) {
  return whenAvailable(async () => {
    const actor = await requirePerson(HERE);
    const t = await getTranslations("tokens");
    const isAsked = (await searchParams)["new"] !== undefined;
    const tokens = await listTokens(actor, { limit: 100 });
    return (
      <ClientMessages sections={["tokenRevocation", "tokens", "waiting"]}>
        <AccountFrame email={actor.email} current="tokens">
          <Section id="tokens" title={t("title")} intro={t("intro")}>
            {recentlyConfirmed(actor) ? (
              <details open={isAsked} className="mb-8">
                <summary className={buttonStyle({ className: "w-fit" })}>{t("new")}</summary>
                <div className="mt-4 rounded border border-line bg-surface p-5">
                  <CreateTokenForm
                    create={createToken}
                    abilities={ABILITIES}
                    headlines={await summaryWords(3)}
                  />
                </div>
              </details>
            ) : (
              <div className="mb-8">
                <Link href={confirmAddress(`${HERE}?new=1`)} className={buttonStyle()}>
                  {t("new")}
                </Link>
                <p className="mt-2 max-w-2xl text-sm text-soft">{t("confirmFirst")}</p>
              </div>
            )}
            {tokens.kind === "listed" && (
              <TokenList
                tokens={tokens.tokens}
                more={tokens.nextCursor !== null}
                revoke={revokeToken}
                now={databaseNow()}
              />
            )}
          </Section>
        </AccountFrame>
      </ClientMessages>
    );
  }, Message);
}
