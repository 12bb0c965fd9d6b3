/**
 * Links to the parts of a long page.
 *
 * @param parts their headings by the id that each stands at
 */
export function PageParts({
  label,
  parts,
}: {
  label: string;
  parts: Readonly<Record<string, string>>;
}) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {Object.entries(parts).map(([anchor, heading]) => (
          <li key={anchor}>
            <a
              href={`#${anchor}`}
              className="inline-block rounded py-1 text-soft hover:text-ink hover:underline hover:underline-offset-4"
            >
              {heading}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
