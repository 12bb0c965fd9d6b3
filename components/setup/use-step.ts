import { useCallback, useEffect, useState } from "react";

/** The step the reader is at, kept in the fragment, so that the browser's Back goes back one step and no further. */
export function useStep<Step extends string>(
  steps: readonly [Step, ...Step[]],
): [step: Step, go: (step: Step) => void] {
  const [first] = steps;
  const [step, setStep] = useState<Step>(first);

  useEffect(() => {
    const follow = () => setStep(steps.find((name) => `#${name}` === location.hash) ?? first);
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, [steps, first]);

  const go = useCallback((next: Step) => {
    if (location.hash !== `#${next}`) history.pushState(null, "", `#${next}`);
    setStep(next);
  }, []);
  return [step, go];
}
