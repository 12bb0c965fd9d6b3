import { useEffect, useRef, useState } from "react";
import { RefreshCw } from "@/components/ui/icons/refresh-cw";
import { takeTyped, typeAgain, typeGivenBack } from "./type-again";

/**
 * Says that the page before this one was from another build, and types again what was typed there.
 *
 * @param givenBack the server has done so already
 */
export function AnotherBuild({ givenBack, words }: { givenBack: boolean; words: string }) {
  const [shown, setShown] = useState(givenBack);
  const notice = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    if (givenBack) typeGivenBack();
    const kept = takeTyped();
    if (kept === null) return;
    setShown(true);
    let left = typeAgain(kept);
    // Some forms come later: in a dialog, or with a part of the page that takes longer.
    const late = new MutationObserver(() => {
      left = typeAgain(left);
      if (left.length === 0) late.disconnect();
    });
    if (left.length > 0) late.observe(document.body, { childList: true, subtree: true });
    return () => late.disconnect();
  }, [givenBack]);
  useEffect(() => {
    if (shown) notice.current?.focus();
  }, [shown]);

  if (!shown) return null;
  return (
    <div role="alert" className="border-b border-warning bg-warning-tint">
      <p
        ref={notice}
        tabIndex={-1}
        className="mx-auto flex max-w-6xl gap-3 px-4 py-3 text-pretty sm:px-6"
      >
        <RefreshCw className="mt-0.5 size-5 shrink-0 text-warning" aria-hidden="true" />
        {words}
      </p>
    </div>
  );
}
