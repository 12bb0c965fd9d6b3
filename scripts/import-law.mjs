// The import law of docs/decisions/0010, checked. Imports fall, never climb, never circle. No exceptions.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The closed table of error codes: one leaf that every floor names its refusals by. */
const CODES = ["lib/codes/"];
const PLATFORM = ["lib/platform/", ...CODES];
const LOWEST = ["lib/access/", ...PLATFORM];
/** Which rows of a table somebody may touch, as conditions of a query. */
const ROWS = ["lib/rows/", ...LOWEST];
const AUDITED = ["lib/audit/", ...ROWS];
const SETTINGS = ["lib/settings/", ...AUDITED];
const DOMAINS = ["lib/users/", "lib/roles/", "lib/tokens/", "lib/factors/", ...SETTINGS];
const SESSIONS = ["lib/sessions/", ...DOMAINS];
/** What is done with many users at once; a job is how it is done while people go on. */
const MANY = ["lib/bulk/", "lib/import/"];
const JOBS = ["lib/jobs/", "lib/statistics/", "lib/links/", ...MANY, ...SESSIONS];
const BOOTSTRAP = ["lib/bootstrap/", ...SESSIONS];
const DOORS = ["lib/bootstrap/doors/", "lib/bootstrap/prepare-installation.ts"];
/** The folder of a subject. */
const ROOM = /^lib\/[\w-]+\//;

/**
 * Floors from the top. The first whose `of` a file's path begins with is its own; it may import what begins
 * with one of `may`, and not what begins with one of `not`. Of `types` it may import types only. `within`: a file
 * may import its own room as well.
 */
const FLOORS = [
  { of: ["app/"], may: ["app/", "components/", "lib/"] },
  { of: ["cli/direct-routes.ts"], may: [/^app\/(v1|api|auth|health)\/.*route\.ts$/] },
  { of: ["cli/", "scripts/"], may: ["cli/", "scripts/", "lib/"] },
  { of: ["instrumentation.ts"], may: ["lib/"] },
  { of: ["proxy.ts"], may: ["lib/bootstrap/installation.ts"] },
  { of: ["product.ts"], may: [] },
  { of: ["components/ui/"], may: ["components/ui/"] },
  {
    of: ["components/"],
    may: ["components/", /^lib\/[\w-]+\/(schema|limits|subjects|conditions)\.ts$/],
    types: ["lib/"],
  },
  { of: DOORS, may: BOOTSTRAP },
  { of: ["lib/bootstrap/"], may: BOOTSTRAP, not: DOORS },
  { of: ["lib/jobs/"], may: JOBS },
  { of: ["lib/links/"], may: ["lib/links/", ...SESSIONS] },
  { of: ["lib/sessions/"], may: SESSIONS },
  { of: ["lib/users/", "lib/roles/", "lib/tokens/", "lib/factors/"], may: DOMAINS },
  { of: ["lib/settings/"], may: SETTINGS },
  { of: ["lib/audit/"], may: AUDITED },
  { of: ["lib/rows/"], may: ROWS },
  { of: ["lib/access/"], may: ["lib/access/"] },
  { of: ["lib/platform/"], may: PLATFORM },
  { of: CODES, may: CODES },
  // Any other: bulk, import, saved-views, and every room of a fork's own.
  { of: [ROOM], may: DOMAINS, within: true },
];

/** Names and no more, for everybody but those who could stand in any product. */
const COMMON = { what: "product.ts", not: ["components/ui/", "lib/access/", "product.ts"] };

/** What only these files may import or read. */
const KEPT = [
  { what: /^next-auth(\/|$)/, by: ["lib/sessions/auth.ts", "lib/sessions/session-cookie.ts"] },
  { what: /^lib\/platform\/generated\//, by: ["lib/platform/db.ts", "lib/platform/generated/"] },
];
const ENVIRONMENT = { by: ["lib/platform/env.ts", "cli/", "scripts/"], text: /\bprocess\.env\b/ };

/** What is kept or signed goes by the database's clock (decision 29). A process times itself by `performance`. */
const TIME = {
  by: ["lib/platform/database-now.ts", "components/", "cli/", "scripts/"],
  text: /\bDate\.now\(\)|\bnew Date\(\)/,
};

/** Who acts is asked at one place (app/(admin)/act.ts): no server action of the administration goes around it. */
const SEAM = "app/(admin)/";

const FOLDERS = ["app", "components", "lib", "cli", "scripts"];
const FILES = ["proxy.ts", "instrumentation.ts", "product.ts"];
const IMPORT =
  /^(?:import|export)(?<type> type)?\b(?:[^"';]*\bfrom)? "(?<from>[^"]+)"|\bimport\("(?<lazy>[^"]+)"\)/gm;
const SUFFIXES = ["", ".ts", ".tsx", ".mjs", "/index.ts"];

const matches = (file, patterns = []) =>
  patterns.some((one) => (typeof one === "string" ? file.startsWith(one) : one.test(file)));

/** Every source file of the product below `root`, tests left out: they may look anywhere. */
function sources(root) {
  const found = new Map();
  const add = (name) => found.set(name, readFileSync(path.join(root, name), "utf8"));
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (/(?<!\.test|\.d)\.(tsx?|mjs)$/.test(name)) add(name);
    }
  };
  for (const folder of FOLDERS) walk(folder);
  for (const file of FILES) add(file);
  return found;
}

/** What a file imports: paths in the repository for our own files, names as written for packages. */
function importsOf(name, text, files) {
  return [...text.matchAll(IMPORT)].map(({ groups: { type, from, lazy } }) => {
    const written = from ?? lazy;
    const own = written.startsWith("@/")
      ? written.slice(2)
      : /^\.\.?\//.test(written) && path.posix.join(path.posix.dirname(name), written);
    if (!own) return { to: written, own: false, typeOnly: Boolean(type) };
    const suffix = SUFFIXES.find((end) => files.has(own + end)) ?? "";
    return { to: own + suffix, own: true, typeOnly: Boolean(type) };
  });
}

function findCircle(graph) {
  const done = new Set();
  const visit = (name, trail) => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name)) return null;
    for (const to of graph.get(name) ?? []) {
      const circle = visit(to, [...trail, name]);
      if (circle) return circle;
    }
    done.add(name);
    return null;
  };
  for (const name of graph.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return null;
}

/** What a file exports that calls nothing of act.ts, neither itself nor by a function of the file. */
function aroundSeam(text) {
  const seam = [...text.matchAll(/^import \{([^}]*)\} from "(?:[^"]*\/)?act"/gm)]
    .flatMap(([, names]) => names.split(","))
    .map((name) => name.trim())
    .filter((name) => /^\w+$/.test(name));
  let left = text.split(/^(?=(?:export )?(?:default )?(?:async )?(?:function|const) )/m).slice(1);
  const nameOf = (part) => /(?:function|const) (\w+)/.exec(part)?.[1];
  for (const name of seam) {
    const calls = new RegExp(`\\b${name}(?:<[^(]*>)?\\(`);
    seam.push(...left.filter((part) => calls.test(part)).map(nameOf)); // which lengthens the loop
    left = left.filter((part) => !calls.test(part));
  }
  return left.filter((part) => part.startsWith("export")).map(nameOf);
}

/** Sentences about every breach of the law in these files (path to text). */
export function breaches(files) {
  const found = [];
  const graph = new Map();
  for (const [name, text] of files) {
    if (name.startsWith("lib/platform/generated/")) continue;
    const floor = FLOORS.find(({ of }) => matches(name, of));
    const imports = importsOf(name, text, files);
    graph.set(
      name,
      imports.flatMap(({ to, own }) => (own ? [to] : [])),
    );
    for (const { to, own, typeOnly } of imports) {
      const kept = KEPT.find(({ what }) => what.test(to));
      if (kept && !matches(name, kept.by))
        found.push(`${name} imports ${to}, kept to ${kept.by[0]}`);
      if (!own || !/\.(tsx?|mjs)$/.test(to)) continue;
      const allowed =
        (to === COMMON.what && !matches(name, COMMON.not)) ||
        (matches(to, floor?.may) && !matches(to, floor?.not)) ||
        (floor?.within && to.startsWith(ROOM.exec(name)?.[0])) ||
        (typeOnly && matches(to, floor?.types));
      if (!allowed) found.push(`${name} imports ${to}, which is not below it`);
    }
    if (name.startsWith(SEAM) && /^\s*"use server"/m.test(text)) {
      if (!text.startsWith('"use server"')) found.push(`${name} has a server action in its midst`);
      if (/\bgetActor\b/.test(text)) found.push(`${name} asks who acts, kept to act.ts`);
      for (const action of aroundSeam(text)) {
        found.push(`${name} has an action, ${action}, that does not go through act.ts`);
      }
    }
    if (ENVIRONMENT.text.test(text) && !matches(name, ENVIRONMENT.by)) {
      found.push(`${name} reads process.env, kept to ${ENVIRONMENT.by[0]}`);
    }
    if (TIME.text.test(text) && !matches(name, TIME.by)) {
      found.push(`${name} asks this machine for the time, kept to ${TIME.by[0]}`);
    }
  }
  const circle = findCircle(graph);
  if (circle) found.push(`a circle: ${circle.join(" -> ")}`);
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = sources(path.resolve(import.meta.dirname, ".."));
  const found = breaches(files);
  process.stdout.write(found.map((sentence) => `${sentence}\n`).join(""));
  process.stdout.write(`${files.size} files, ${found.length} breaches of the import law\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
