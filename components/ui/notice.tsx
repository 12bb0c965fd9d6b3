import { cva } from "class-variance-authority";
import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode, Ref } from "react";

const noticeStyle = cva("flex gap-3 rounded border px-4 py-3 text-base", {
  variants: {
    tone: {
      danger: "border-danger bg-danger-tint",
      warning: "border-warning bg-warning-tint",
    },
  },
});

/** Something to know before going on. With `ref` and `tabIndex` it can take the focus when it appears. */
export function Notice({
  tone,
  children,
  ...props
}: {
  tone: "danger" | "warning";
  children: ReactNode;
  ref?: Ref<HTMLDivElement>;
  role?: "alert" | "status";
  tabIndex?: -1;
}) {
  const Icon = tone === "danger" ? CircleAlert : TriangleAlert;
  return (
    <div className={noticeStyle({ tone })} {...props}>
      <Icon
        className={`mt-0.5 size-5 shrink-0 ${tone === "danger" ? "text-danger" : "text-warning"}`}
        aria-hidden="true"
      />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
