import type { ReactNode } from "react";
import { ArrowLeft } from "@/components/ui/icons/arrow-left";
import { Link } from "@/components/ui/link";

/** Above a page's title: to the page that this one belongs to. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="mb-4 text-sm">
      <Link
        href={href}
        className="inline-flex items-center gap-1.5 rounded text-soft hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden="true" />
        {children}
      </Link>
    </p>
  );
}
