import { type ReactNode, useEffect, useRef } from "react";

/**
 * One group of the form. All groups lie in one grid cell, so the button below them stays where it is; without
 * JavaScript they stand one under the other.
 */
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
    <section
      className={`col-start-1 row-start-1 noscript:visible noscript:mb-12 ${active ? "animate-arrive" : "invisible"}`}
    >
      <p className="text-soft tabular-nums">{words.progress}</p>
      <h2 ref={heading} tabIndex={-1} className="mt-2 text-2xl font-semibold text-balance">
        {words.title}
      </h2>
      <p className="mt-3 mb-8 text-lg text-soft text-pretty">{words.intro}</p>
      {children}
    </section>
  );
}
