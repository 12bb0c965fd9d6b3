const TILE = "M6 0h12a6 6 0 0 1 6 6v12a6 6 0 0 1-6 6H6a6 6 0 0 1-6-6V6a6 6 0 0 1 6-6Z";
const KEYHOLE =
  "M12 5.25a3.75 3.75 0 0 1 1.72 7.08l1.4 6.42H8.88l1.4-6.42A3.75 3.75 0 0 1 12 5.25Z";
const KEY =
  "M12 4a4 4 0 0 1 1.25 7.8v1.95h2.5v2h-2.5v1h1.75v2h-1.75V20h-2.5v-8.2A4 4 0 0 1 12 4Zm0 2.4a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Z";

/**
 * The mark: a keyhole while the installation waits for its owner, the key once it has one. Drawn in the colour
 * of the text around it; app/icon.svg is the same drawing in brass.
 */
export function Mark({ claimed = true, className }: { claimed?: boolean; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className ?? "size-6"} aria-hidden="true">
      <path fill="currentColor" fillRule="evenodd" d={TILE + (claimed ? KEY : KEYHOLE)} />
    </svg>
  );
}
