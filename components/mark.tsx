import { PRODUCT } from "@/product";

/**
 * The mark: a keyhole while the installation waits for its owner, the key once it has one. Drawn in the colour
 * of the text around it; app/icon.svg is the same drawing in brass.
 */
export function Mark({ claimed = true, className }: { claimed?: boolean; className?: string }) {
  const { mark } = PRODUCT;
  return (
    <svg viewBox="0 0 24 24" className={className ?? "size-6"} aria-hidden="true">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d={mark.tile + (claimed ? mark.claimed : mark.waiting)}
      />
    </svg>
  );
}
