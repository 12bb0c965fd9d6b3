import { readFile } from "node:fs/promises";
import path from "node:path";
import { ownFolder } from "./own-folder.mjs";

const LAYOUT = `export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
`;
const PAGE = `export default function Page() {
  return <h1>Bare</h1>;
}
`;
// As the product's routes answer: JSON that nobody may keep, made anew for each request.
const ROUTE = `export const dynamic = "force-dynamic";
export function GET() {
  return Response.json({ needsSetup: false }, { headers: { "Cache-Control": "no-store" } });
}
`;

/**
 * A Next app of the product's own version with one page ("/") and one route ("/ping"), built: what a bare framework does
 * is what the product can come near to.
 *
 * @returns `{ cwd, args, path }`: how it is served on 127.0.0.1 at PORT (`serve` of ./served.mjs), and what to ask it for
 */
export async function bareNext({ signal } = {}) {
  const root = path.resolve(import.meta.dirname, "../..");
  const { dependencies } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const packages = Object.fromEntries(
    ["next", "react", "react-dom"].map((name) => [name, dependencies[name]]),
  );
  const folder = await ownFolder("bare-next", {
    packages,
    files: {
      "app/layout.jsx": LAYOUT,
      "app/page.jsx": PAGE,
      "app/ping/route.js": ROUTE,
      "next.config.mjs": `export default { turbopack: { root: import.meta.dirname } };\n`,
    },
    build: ["node", "node_modules/next/dist/bin/next", "build"],
    signal,
  });
  const bin = path.join(folder, "node_modules/next/dist/bin/next");
  return {
    cwd: folder,
    args: [bin, "start", "--hostname", "127.0.0.1"],
    path: "/ping",
  };
}
