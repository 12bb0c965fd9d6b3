import { useCallback, useEffect, useState } from "react";
import type { StepName } from "./setup-words";

/** The step the reader is at, kept in the fragment, so that the browser's Back goes back one step and no further. */
export function useStep(steps: readonly StepName[]): [StepName, (step: StepName) => void] {
  const [step, setStep] = useState<StepName>("checks");

  useEffect(() => {
    const follow = () => setStep(steps.find((name) => `#${name}` === location.hash) ?? "checks");
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [steps]);

  const go = useCallback((next: StepName) => {
    if (location.hash !== `#${next}`) history.pushState(null, "", `#${next}`);
    setStep(next);
  }, []);
  return [step, go];
}
