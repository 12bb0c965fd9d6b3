import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The paths in `app/` that end in a file of this name, as in the documentation: `/v1/users/{id}`. Without the routes
 * that answer for everything there is not.
 */
export function pathsOf(file: "route.ts" | "page.tsx"): { path: string; file: string }[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === file && !name.includes("[..."))
    .map((name) => {
      const segments = path.dirname(name).split(path.sep);
      const shown = segments.filter((segment) => segment !== "." && !/^\(.*\)$/.test(segment));
      const written = `/${shown.join("/")}`.replace(/\[(\w+)\]/g, "{$1}");
      return { path: written, file: path.join("app", name) };
    });
}

/** The methods that a route file spells out; none for one that is made by `endpoint`, which answers for itself. */
export function methodsIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^export (?:async )?function ([A-Z]+)\b/gm)].map(
    ([, name = ""]) => name,
  );
}

/** The server actions of the build by file and name, with the id under which a browser calls each. */
export function serverActions(): Map<string, string> {
  const { node }: { node: Record<string, { filename: string; exportedName: string }> } = JSON.parse(
    readFileSync(".next/server/server-reference-manifest.json", "utf8"),
  );
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName }]) => [
      `${filename} ${exportedName}`,
      id,
    ]),
  );
}
