"use client";

/**
 * What a plot is drawn from, to be read or copied. Of the client only in name: of a hundred cells the texts are sent, and
 * not how each of them is drawn.
 */
export function PlotTable({
  summary,
  head,
  rows,
}: {
  summary: string;
  head: readonly string[];
  /** The first cell of each is its heading. */
  rows: readonly (readonly [string, ...string[]])[];
}) {
  return (
    <details className="mt-auto pt-4 text-sm">
      <summary className="w-fit rounded py-1 text-soft hover:text-ink">{summary}</summary>
      {/* Whoever uses a keyboard scrolls it with the arrows. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus (WCAG 2.1.1) */}
      <div tabIndex={0} className="mt-2 max-h-72 overflow-auto rounded">
        {/* Looks are said once and not for each of a hundred cells. */}
        <table className="w-full tabular-nums [&_td]:py-1.5 [&_td]:ps-3 [&_td]:text-end [&_th]:py-1.5 [&_th]:text-end [&_th]:font-normal [&_th:first-child]:text-start [&_th:first-child]:wrap-anywhere">
          <thead className="sticky top-0 bg-surface text-soft">
            <tr className="border-b border-line">
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map(([heading, ...values]) => (
              <tr key={heading}>
                <th scope="row">
                  <bdi>{heading}</bdi>
                </th>
                {values.map((value, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
                  <td key={place}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
