import type { ReactNode } from "react";

/** Something a page has to say instead of its content, and where to go from there. */
export function Message({
  title,
  text,
  children,
}: {
  title: string;
  text: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="max-w-lg">
      <h1 className="text-2xl font-semibold text-balance">{title}</h1>
      <p className="mt-3 text-lg text-soft text-pretty wrap-anywhere">{text}</p>
      {children && <div className="mt-8">{children}</div>}
    </div>
  );
}
