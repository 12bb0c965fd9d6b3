"use client";

import { Link } from "@/components/ui/link";
import "./role-matrix.css";

/** Of one thing: to each there is, to some, to none. */
export type Extent = "a" | "s" | "n";

/**
 * Roles side by side by what they allow. Of the client only in name: of each cell one letter is sent, and not how it is
 * drawn.
 */
export function RoleMatrix({
  label,
  corner,
  roles,
  groups,
  words,
}: {
  label: string;
  corner: string;
  roles: readonly { slug: string; name: string }[];
  groups: readonly {
    name: string;
    /** `cells` has one letter for each role. */
    rows: readonly { name: string; cells: string }[];
  }[];
  words: Record<Extent, string>;
}) {
  return (
    // Whoever uses a keyboard scrolls it with the arrows.
    // biome-ignore lint/a11y/useSemanticElements: a table that scrolls is no section of the page
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus (WCAG 2.1.1)
      tabIndex={0}
      className="role-matrix mt-6 max-h-[calc(100vh-6rem)] overflow-auto rounded border border-line"
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {roles.map(({ slug, name }) => (
              <th key={slug} scope="col">
                <Link href={`/roles/${slug}`}>
                  <bdi>{name}</bdi>
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.name}>
            <tr>
              <th scope="rowgroup">{group.name}</th>
              <td colSpan={roles.length} />
            </tr>
            {group.rows.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {([...cells] as Extent[]).map((cell, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are
                  <td key={place} data-extent={cell}>
                    {words[cell]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
