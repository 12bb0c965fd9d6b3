import { cva, type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";

const badgeStyle = cva(
  "inline-flex h-6 items-center gap-1.5 rounded border px-2 text-sm whitespace-nowrap",
  {
    variants: {
      tone: {
        plain: "border-line text-soft",
        strong: "border-ink text-ink",
        ok: "border-line text-ok",
        off: "border-line bg-sunken text-soft",
      },
    },
    defaultVariants: { tone: "plain" },
  },
);

export function Badge({
  tone,
  dot = false,
  children,
}: { dot?: boolean; children: ReactNode } & VariantProps<typeof badgeStyle>) {
  return (
    <span className={badgeStyle({ tone })}>
      {dot && <span className="size-1.5 rounded-full bg-current" aria-hidden="true" />}
      {children}
    </span>
  );
}
