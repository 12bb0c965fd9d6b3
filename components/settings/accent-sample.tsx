/** How the accent colour looks in one theme, whichever the page has, and how well it can be seen there. */
export function AccentSample({
  page,
  fill,
  on,
  edge,
  words,
  button,
}: {
  /** What lies around it in that theme. */
  page: string;
  fill: string;
  on: string;
  edge: string;
  words: string;
  button: string;
}) {
  return (
    <figure className="min-w-0">
      <div className="rounded border border-line p-4" style={{ background: page }}>
        {/* Looks like a button and is none. */}
        <span
          className="inline-flex h-9 max-w-full items-center rounded border px-3 text-sm font-medium"
          style={{ background: fill, color: on, borderColor: edge }}
        >
          <span className="truncate">{button}</span>
        </span>
      </div>
      <figcaption className="mt-2 text-sm text-soft">{words}</figcaption>
    </figure>
  );
}
