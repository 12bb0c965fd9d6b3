import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { OperatorError } from "../operator-error";
import type { Asked } from "./asked";
import { removeWords, undoEdit } from "./edit";
import { entityNames } from "./entity-names";
import { nextTime, refuseUncommitted } from "./generate-entity";
import { columnName } from "./parse-fields";
import { type Plan, planEntity } from "./plan-entity";

type RemoveOptions = Pick<Asked, "plural"> & {
  /** The migration was applied somewhere: it stays, and another one drops the table. */
  applied?: true;
  dryRun?: true;
  force?: true;
};

/**
 * Takes away what `generate entity` has written: everything or, where a line is not as it was written, nothing. What the
 * entity was made from stands at the head of its migration.
 *
 * @param root the folder of the product
 * @throws {OperatorError} saying what is in the way
 */
export async function removeEntity(
  root: string,
  name: string,
  { plural, applied, dryRun, force }: RemoveOptions,
): Promise<void> {
  const { folder, asked } = await findMigration(root, name, plural);
  const plan = await planEntity(root, asked, folder.slice(0, 14));
  if (!force && !dryRun) await refuseUncommitted(root);
  const shared = await withoutIt(root, plan);
  const migration = `prisma/migrations/${folder}/migration.sql`;
  const gone = [...plan.files.keys()].filter((file) => !applied || file !== migration);
  process.stdout.write(
    [
      ...gone.map((file) => `removed ${file}\n`),
      ...[...shared.keys()].map((file) => `changed ${file}\n`),
    ].join(""),
  );
  if (dryRun) return;
  for (const file of gone) await rm(path.join(root, file), { force: true });
  for (const [file, text] of shared) await writeFile(path.join(root, file), text);
  for (const folder of new Set(gone.map((file) => path.dirname(file))))
    await removeEmpty(root, folder);
  if (applied) {
    const file = `prisma/migrations/${await nextTime(root)}_drop_${plan.names.table}/migration.sql`;
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), dropped(plan));
    process.stdout.write(`new     ${file}\n`);
  }
  process.stdout.write(
    `\nRoles whose permissions are about ${plan.names.words} allow nothing any more, whatever else they say: take those permissions out.\n`,
  );
}

/** Where the entity came from: the newest migration that adds its table, and the command at its head. */
async function findMigration(
  root: string,
  name: string,
  plural: string | undefined,
): Promise<{ folder: string; asked: Asked }> {
  const { table } = entityNames(name, plural);
  const folders = await readdir(path.join(root, "prisma/migrations"));
  const folder = folders
    .filter((one) => /^\d{14}_add_/.test(one) && one.slice(19) === table)
    .sort()
    .at(-1);
  const sql =
    folder &&
    (await readFile(path.join(root, "prisma/migrations", folder, "migration.sql"), "utf8"));
  const asked = sql && askedIn(sql.split("\n", 1)[0] ?? "");
  if (!folder || !asked) {
    throw new OperatorError(
      `There is no migration that ${name} was made by: one that ends in _add_${table} and begins with the command. Was it called with another --plural?`,
    );
  }
  return { folder, asked };
}

/** What a command was told, from the line that it has left; null for any other line. */
function askedIn(line: string): Asked | null {
  const [, name, rest = ""] = /^-- \w+ generate entity (\S+)(.*)$/.exec(line) ?? [];
  if (!name) return null;
  const option = (flag: string): string | undefined => {
    const [, text] = new RegExp(`--${flag} ("(?:[^"\\\\]|\\\\.)*")`).exec(rest) ?? [];
    return text && JSON.parse(text);
  };
  const given = {
    fields: option("fields") ?? "",
    plural: option("plural"),
    labelEs: option("label-es"),
    fieldsEs: option("fields-es"),
  };
  const said = Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined));
  return { name, ...said } as Asked;
}

/** The shared files without what the entity says there. */
async function withoutIt(root: string, plan: Plan): Promise<Map<string, string>> {
  const shared = new Map<string, string>();
  const missing: string[] = [];
  for (const edit of plan.edits) {
    const before = shared.get(edit.file) ?? (await readFile(path.join(root, edit.file), "utf8"));
    const after = undoEdit(before, edit);
    if (after === null)
      missing.push(`${edit.file} does not have these lines as they were written:\n\n${edit.lines}`);
    else shared.set(edit.file, after);
  }
  if (missing.length > 0) {
    throw new OperatorError(
      `${missing.join("\n")}\nPut them back or, with the rest, take them out by hand.`,
    );
  }
  const subjects = (shared.get("lib/access/subjects.ts") ?? "").replace(
    /^\s*(\/\*|\*|\/\/).*$/gm,
    "",
  );
  /** Words for a field or a choice that another subject has, too. */
  const isShared = (words: string) => {
    const [, name] = /^rolesPage\.(?:field|clause|value)\.(.+)$/.exec(words) ?? [];
    return name !== undefined && new RegExp(`\\b${name}: ["[A-Z]|"${name}"`).test(subjects);
  };
  for (const [file, words] of plan.words) {
    const all = JSON.parse(await readFile(path.join(root, file), "utf8"));
    shared.set(file, `${JSON.stringify(removeWords(all, words, isShared), null, 2)}\n`);
  }
  return shared;
}

async function removeEmpty(root: string, folder: string): Promise<void> {
  for (let one = folder; one !== "."; one = path.dirname(one)) {
    const removed = await rmdir(path.join(root, one)).then(
      () => true,
      () => false, // something is left in it
    );
    if (!removed) return;
  }
}

function dropped({ names, fields }: Plan): string {
  const types = fields
    .filter(({ type }) => type === "choice")
    .map(({ name }) => `DROP TYPE "${names.entitySnake}_${columnName(name)}";\n`);
  return `-- DropTable\nDROP TABLE "${names.table}";\n${types.length > 0 ? `\n-- DropEnum\n${types.join("")}` : ""}`;
}
