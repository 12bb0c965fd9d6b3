import { useRef, useState } from "react";
import type { ClaimAction, ClaimState } from "./claim-state";

/**
 * Asks about the setup token before the rest is typed: by a claim with nobody in it. The door judges the token first
 * (docs/contracts/every-door.md#order-of-checks), so nobody is what it finds missing once the token fits, and one that
 * does not fit is counted as the guess that it is. The same token is not asked about twice.
 *
 * @returns `ask` with what the server has to say against it; null when it fits, or could not be asked
 */
export function useTokenTrial(claim: ClaimAction) {
  const asking = useRef<Promise<ClaimState | null>>(null);
  const judged = useRef<{ token: string; answer: ClaimState | null }>(null);
  const [trying, setTrying] = useState(false);

  const begin = async (token: string): Promise<ClaimState | null> => {
    const form = new FormData();
    form.set("setupToken", token);
    setTrying(true);
    const answer = await claim({ kind: "idle" }, form).catch(() => undefined);
    setTrying(false);
    asking.current = null;
    if (answer?.kind !== "problems") return answer ?? null;
    const isWrong = answer.problems.some(({ field }) => field === "setupToken");
    judged.current = { token, answer: isWrong ? answer : null };
    return judged.current.answer;
  };
  const ask = (token: string): Promise<ClaimState | null> => {
    if (judged.current?.token === token) return Promise.resolve(judged.current.answer);
    asking.current ??= begin(token);
    return asking.current;
  };
  return { ask, trying };
}
