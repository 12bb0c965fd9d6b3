import { useEffect, useState } from "react";

/**
 * Counts down what the server said to wait.
 *
 * @param answer another object with each answer
 * @returns `left`: whole seconds, 0 once they are over, null while there is nothing to wait for; `release` ends it
 */
export function useCountdown(answer: { retryAfter: number | null }) {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    setLeft(answer.retryAfter);
    if (answer.retryAfter === null) return;
    const end = Date.now() + answer.retryAfter * 1000;
    const timer = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      // Released in between, it stays so.
      setLeft((before) => before && seconds);
      if (seconds === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [answer]);
  return { left, release: () => setLeft((before) => before && null) };
}
