import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useAllSentences } from "@/components/roles/use-all-sentences";
import type { Policy } from "@/lib/access/schema";

/** Policies as the trail has them: as text, or none. */
function stored(text: unknown): unknown {
  if (typeof text !== "string") return [];
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What the holders of a role may do since then, and what no longer, in the sentences of the role editor.
 *
 * @param otherwise what stands there for policies that this version does not know
 */
export function PolicyChanges({
  from,
  to,
  otherwise,
}: {
  from: unknown;
  to: unknown;
  otherwise: ReactNode;
}) {
  const t = useTranslations("audit");
  const sentencesOf = useAllSentences([]);
  const [before, after] = [from, to].map((policies) => sentencesOf(stored(policies) as Policy[]));
  if (!before || !after) return otherwise;
  const given = after.filter((sentence) => !before.includes(sentence));
  const taken = before.filter((sentence) => !after.includes(sentence));
  if (given.length + taken.length === 0) return <li>{t("policiesSame")}</li>;
  return (
    <>
      {given.map((sentence) => (
        <li key={`+${sentence}`}>{t("given", { sentence })}</li>
      ))}
      {taken.map((sentence) => (
        <li key={`-${sentence}`}>{t("taken", { sentence })}</li>
      ))}
    </>
  );
}
