import type { ReactNode } from "react";

/** A part of the page with a name that an address can lead to. */
export function Section({
  id,
  title,
  intro,
  aside = false,
  children,
}: {
  id: string;
  title: string;
  intro?: ReactNode;
  /** Whether it stands in the narrow column. */
  aside?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className={`scroll-mt-20 ${aside ? "rounded border border-line bg-surface p-5" : ""}`}
    >
      <h2 id={`${id}-title`} className="text-lg font-semibold">
        {title}
      </h2>
      {intro && <p className="mt-1 max-w-2xl text-soft">{intro}</p>}
      <div className={aside ? "mt-4" : "mt-5"}>{children}</div>
    </section>
  );
}
