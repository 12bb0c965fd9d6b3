// Which tests can a change break? Unit tests are found by their imports; the tests in e2e/ start the product and import
// nothing of it, so for them this table says which look at what. A path that stands nowhere runs everything.
import { run } from "../cli/prepare.mjs";

/** Paths that begin like this -> the files in e2e/ that look at it, by what their names begin with. First one counts. */
export const AREAS = [
  [/^(docs\/fork\.md$|e2e\/fork\/)/, ["fork/"]],
  [/^(docs\/|bench\/|.*\.md$|scripts\/|LICENSE|\.env\.example)/, []],
  [/^e2e\/\w+\/[^/]+\.(test|spec)\.ts$/, "itself"],
  [/^e2e\/access\//, ["access/"]],
  [/^e2e\/races\//, ["races/"]],
  [/^e2e\/browser\//, ["browser/"]],
  [/\.test\.tsx?$/, []],
  [
    /^(lib\/audit|app\/v1\/audit|app\/\(admin\)\/audit|components\/audit)\//,
    ["contracts/audit", "contracts/page-bytes", "browser/audit", "access/matrix"],
  ],
  [
    /^(lib\/roles|lib\/access|app\/v1\/(roles|access)|app\/\(admin\)\/roles|components\/roles)\//,
    [
      "contracts/roles",
      "contracts/second-factor",
      "contracts/users",
      "contracts/page-bytes",
      "browser/roles",
      "browser/require",
      "access/",
    ],
  ],
  [
    /^(lib\/factors|app\/\(admin\)\/account\/second-factor)\//,
    [
      "contracts/second-factor",
      "contracts/sign-in",
      "contracts/account",
      "browser/second-factor",
      "browser/protect",
      "browser/require",
      "access/matrix",
    ],
  ],
  [
    /^(lib\/(jobs|bulk|import)|app\/v1\/jobs|app\/\(admin\)\/jobs|components\/(bulk|import))\//,
    ["contracts/bulk", "contracts/csv", "processes/jobs", "browser/bulk", "access/matrix"],
  ],
  [
    /^(lib|components|app\/v1)\/tokens\//,
    [
      "contracts/tokens",
      "contracts/sessions",
      "browser/account",
      "browser/user-page",
      "access/matrix",
    ],
  ],
  [
    /^(lib\/bootstrap|app\/setup|app\/auth|components\/setup)\//,
    [
      "contracts/who-may",
      "contracts/published",
      "contracts/headless",
      "contracts/idempotency",
      "races/claim",
      "races/first-start",
      "browser/claim",
      "browser/protect",
      "access/",
    ],
  ],
  [
    /^(app\/login|components\/sign-in)\//,
    [
      "contracts/sign-in",
      "contracts/sessions",
      "browser/claim",
      "browser/second-factor",
      "browser/users.",
      "access/matrix",
    ],
  ],
  [
    /^(lib\/links|app\/join|app\/v1\/invitations|components\/links)\//,
    ["contracts/links", "browser/links", "access/matrix"],
  ],
  [
    /^(app\/\(admin\)\/account|components\/account)\//,
    ["contracts/account", "browser/account", "access/matrix"],
  ],
  [
    /^(lib\/saved-views|app\/\(admin\)\/users|components\/(users|people|saved-views)|app\/v1\/users)\//,
    [
      "contracts/users",
      "contracts/list",
      "contracts/csv",
      "contracts/bulk",
      "contracts/page-bytes",
      "browser/user",
      "browser/bulk",
      "browser/links",
      "access/matrix",
    ],
  ],
  [
    /^(lib\/settings|app\/v1\/settings|app\/\(admin\)\/settings|components\/settings)\//,
    ["contracts/settings", "browser/settings", "access/matrix"],
  ],
  [/^(app\/docs|app\/v1\/openapi\.json)\//, ["contracts/openapi", "browser/api-docs"]],
  [/^proxy\.ts$/, ["access/", "browser/claim"]],
  [/^(components|messages)\//, ["browser/", "contracts/page-bytes"]],
];

/** What differs from a commit, new files too; from where the branch left `main` unless one is named. */
export async function changedFiles(since) {
  const git = async (...args) => (await run("git", args)).split("\n").filter(Boolean);
  const [base] = since ? [since] : await git("merge-base", "HEAD", "main").catch(() => ["HEAD"]);
  const differing = await git("diff", "--name-only", base);
  return {
    base,
    files: [...differing, ...(await git("ls-files", "--others", "--exclude-standard"))],
  };
}

/** What the names of the tests in e2e/ begin with that look at these files; null for all of them. */
export function testsThatLookAt(files) {
  const found = new Set();
  for (const file of files) {
    const area = AREAS.find(([path]) => path.test(file));
    if (!area) return null;
    for (const name of area[1] === "itself" ? [file.slice("e2e/".length)] : area[1])
      found.add(name);
  }
  return [...found].sort();
}
