import { cva } from "class-variance-authority";
import type { ReactNode, Ref } from "react";
import { Check } from "@/components/ui/icons/check";
import { CircleAlert } from "@/components/ui/icons/circle-alert";
import { TriangleAlert } from "@/components/ui/icons/triangle-alert";

const noticeStyle = cva("flex gap-3 rounded border px-4 py-3 text-base", {
  variants: {
    tone: {
      danger: "border-danger bg-danger-tint",
      warning: "border-warning bg-warning-tint",
      ok: "border-line bg-surface",
    },
  },
});

const ICONS = {
  danger: { Icon: CircleAlert, colour: "text-danger" },
  warning: { Icon: TriangleAlert, colour: "text-warning" },
  ok: { Icon: Check, colour: "text-ok" },
};

/** Something to know before going on. With `ref` and `tabIndex` it can take the focus when it appears. */
export function Notice({
  tone,
  children,
  ...props
}: {
  tone: keyof typeof ICONS;
  children: ReactNode;
  ref?: Ref<HTMLDivElement>;
  role?: "alert" | "status";
  tabIndex?: -1;
}) {
  const { Icon, colour } = ICONS[tone];
  return (
    <div className={noticeStyle({ tone })} {...props}>
      <Icon className={`mt-0.5 size-5 shrink-0 ${colour}`} aria-hidden="true" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
