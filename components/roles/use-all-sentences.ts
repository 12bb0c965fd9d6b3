import { Policies, type Policy } from "@/lib/access/schema";
import { type NamedRole, useRoleWords } from "./use-role-words";

/** Says every sentence of stored policies; null when they are not ours and allow nothing. Loads the rules: for servers. */
export function useAllSentences(named: readonly NamedRole[]) {
  const { sentencesOf } = useRoleWords(named);
  return (policies: readonly Policy[]): string[] | null =>
    Policies.safeParse(policies).data?.flatMap(sentencesOf) ?? null;
}
