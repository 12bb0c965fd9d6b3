import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

/**
 * One group of the form. All groups lie in one grid cell, so the button below them stays where it is; without
 * JavaScript they stand one under the other.
 */
export function Step({
  active,
  focused,
  position,
  title,
  intro,
  children,
}: {
  active: boolean;
  /** Whether the reader was brought here, and the heading should take the focus. */
  focused: boolean;
  position: { step: number; steps: number; name: string };
  title: string;
  intro: string;
  children: ReactNode;
}) {
  const t = useTranslations("setup");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (active && focused) heading.current?.focus();
  }, [active, focused]);
  return (
    <section
      className={`col-start-1 row-start-1 noscript:visible noscript:mb-12 ${active ? "animate-arrive" : "invisible"}`}
    >
      <p className="text-base text-soft tabular-nums">{t("progress", position)}</p>
      <h2 ref={heading} tabIndex={-1} className="mt-2 text-2xl font-semibold text-balance">
        {title}
      </h2>
      <p className="mt-3 mb-8 text-lg text-soft text-pretty">{intro}</p>
      {children}
    </section>
  );
}
