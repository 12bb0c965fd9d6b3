import type { ReactNode } from "react";

/** Says why there is nothing here, and what to do about it. */
export function EmptyState({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  return (
    <div className="mt-4 rounded border border-dashed border-edge px-6 py-12 text-center">
      <p className="text-lg font-medium wrap-anywhere">{title}</p>
      {text && <p className="mx-auto mt-1 max-w-md text-soft">{text}</p>}
      {children && <div className="mt-4">{children}</div>}
    </div>
  );
}
