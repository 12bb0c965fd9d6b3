import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { Badge } from "@/components/ui/badge";
import type { TokenView } from "@/lib/tokens/token-view";
import { type RevokeToken, RevokeTokenButton } from "./revoke-token-button";
import { abilityText } from "./token-words";

/** Tokens with what they may do and when they were used; never the tokens themselves. */
export function TokenList({
  tokens,
  more,
  revoke,
  now,
}: {
  tokens: readonly TokenView[];
  /** Whether there are more than these. */
  more: boolean;
  revoke: RevokeToken;
  now: Date;
}) {
  const t = useTranslations("tokens");
  if (tokens.length === 0) {
    return <p className="border-y border-line py-4 text-soft">{t("none")}</p>;
  }
  const when = (at: string) => () => <RelativeTime at={at} now={now} />;
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {tokens.map((token) => {
          const expired = token.expiresAt !== null && new Date(token.expiresAt) <= now;
          return (
            <li key={token.id} className="flex items-start gap-4 py-4">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <bdi className="font-medium wrap-anywhere">{token.name}</bdi>
                  {expired && <Badge tone="off">{t("expired")}</Badge>}
                </p>
                <ul className="mt-1 text-sm">
                  {token.abilities.map((ability) => (
                    <li key={ability}>
                      {ability === "*" ? t("ability_all_theirs") : abilityText(t, ability)}
                    </li>
                  ))}
                </ul>
                <ul className="mt-1 flex flex-wrap gap-x-4 text-sm text-soft tabular-nums">
                  <li>{t.rich("createdAt", { when: when(token.createdAt) })}</li>
                  <li>
                    {token.lastUsedAt === null
                      ? t("neverUsed")
                      : t.rich("usedAt", { when: when(token.lastUsedAt) })}
                  </li>
                  <li>
                    {token.expiresAt === null
                      ? t("neverExpires")
                      : t.rich(expired ? "expiredAt" : "expiresAt", {
                          when: when(token.expiresAt),
                        })}
                  </li>
                </ul>
              </div>
              <RevokeTokenButton id={token.id} name={token.name} revoke={revoke} />
            </li>
          );
        })}
      </ul>
      {more && <p className="mt-3 text-sm text-soft">{t("more", { count: tokens.length })}</p>}
    </>
  );
}
