/** What something is drawn with, beside its name: told apart by shape as well as by colour. */
export function Swatch({ look }: { look: SwatchLook }) {
  return (
    <svg width="12" height="12" className="shrink-0" aria-hidden="true">
      {look === "up" && <rect x="2" width="8" height="12" className="fill-plot" />}
      {look === "down" && (
        <>
          <line x2="12" y1="0.5" y2="0.5" className="stroke-edge" />
          <rect x="2" width="8" height="9" y="1" className="fill-danger" />
        </>
      )}
      {look === "line" && (
        <line x2="12" y1="6" y2="6" className="stroke-plot" strokeWidth="2" strokeLinecap="round" />
      )}
      {look === "active" && <rect width="12" height="12" rx="3" className="fill-plot" />}
      {look === "invited" && (
        <>
          <rect x="0.5" y="0.5" width="11" height="11" rx="2.5" className="fill-none stroke-edge" />
          <path d="M2 7 7 2M5 10l5-5" className="stroke-edge" strokeWidth="1.5" />
        </>
      )}
      {look === "disabled" && <rect width="12" height="12" rx="3" className="fill-edge" />}
    </svg>
  );
}

export type SwatchLook = "up" | "down" | "line" | "active" | "invited" | "disabled";
