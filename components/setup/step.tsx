import { type ReactNode, useEffect, useRef } from "react";

/** One group of the form, alone above the button; without JavaScript all of them stand one under the other. */
export function Step({
  active,
  arrived,
  words,
  children,
}: {
  active: boolean;
  /** Whether the reader was led here, and the heading should take the focus. */
  arrived: boolean;
  words: { progress: string; title: string; intro: string };
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (active && arrived) heading.current?.focus();
  }, [active, arrived]);
  return (
    <section className={`noscript:mb-12 noscript:block ${active ? "animate-arrive" : "hidden"}`}>
      <p className="text-soft tabular-nums">{words.progress}</p>
      <h2 ref={heading} tabIndex={-1} className="mt-2 text-2xl font-semibold text-balance">
        {words.title}
      </h2>
      <p className="mt-3 mb-8 text-lg text-soft text-pretty">{words.intro}</p>
      {children}
    </section>
  );
}
