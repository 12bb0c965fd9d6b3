const WIDTH = 760;
const LABEL = 190;
const RIGHT = 250;
const BAR = 18;
const LINE = 30;
const TITLE = 44;

const escaped = (text) =>
  text.replace(
    /[&<>"]/g,
    (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one],
  );

const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)} times`;

/**
 * Draws ratios as bars, each beside what it is a multiple of, with a line at 1: above it more of what is counted, below it
 * less. In the colours of the reader's theme.
 *
 * @param bars `{ group, label, beside, ratio }`, drawn group by group
 * @returns an SVG image with a text alternative
 */
export function drawChart(bars) {
  const groups = [...new Set(bars.map(({ group }) => group))].map((group) => [
    group,
    bars.filter((bar) => bar.group === group),
  ]);
  const most = Math.max(1, ...bars.map(({ ratio }) => ratio));
  const scale = (WIDTH - LABEL - RIGHT) / most;
  const parts = [];
  let y = 0;
  for (const [group, members] of groups) {
    y += TITLE;
    parts.push(`<text class="title" x="0" y="${y - 16}">${escaped(group)}</text>`);
    const from = y - 4;
    for (const { label, beside, ratio } of members) {
      const width = Math.max(2, ratio * scale);
      const base = y + BAR - 5;
      parts.push(
        `<text x="0" y="${base}">${escaped(label)}</text>`,
        `<rect x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>`,
        `<text x="${(LABEL + width + 8).toFixed(1)}" y="${base}"><tspan class="ratio">${times(ratio)}</tspan>` +
          `<tspan class="beside"> ${escaped(beside)}</tspan></text>`,
      );
      y += LINE;
    }
    const one = (LABEL + scale).toFixed(1);
    parts.push(`<line x1="${one}" x2="${one}" y1="${from}" y2="${y - LINE + BAR + 4}"/>`);
  }
  const told = bars
    .map(({ label, beside, ratio }) => `${label}: ${times(ratio)} ${beside}`)
    .join("; ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="${escaped(told)}">
<style>
text { font: 13px system-ui, sans-serif; fill: #171a21 }
.title { font-weight: 600; font-size: 14px }
.ratio { font-weight: 600 }
.beside { fill: #575c66 }
rect { fill: #ecc25c }
line { stroke: #171a21; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
text { fill: #eef0f4 }
.beside { fill: #a4a9b3 }
line { stroke: #eef0f4 }
}
</style>
${parts.join("\n")}
</svg>
`;
}
