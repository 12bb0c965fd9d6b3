import { execFile } from "node:child_process";
import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { PRODUCT } from "@/product";
import { OperatorError } from "../operator-error";
import type { Asked } from "./asked";
import { addWords, applyEdit, type Edit, NoPlace } from "./edit";
import { type Plan, planEntity } from "./plan-entity";

const execute = promisify(execFile);

type GenerateOptions = Partial<Omit<Asked, "name">> & { dryRun?: true; force?: true };

/**
 * Writes an entity: everything or, where something is in the way, nothing.
 *
 * @param root the folder of the product
 * @throws {OperatorError} saying what is in the way
 */
export async function generateEntity(
  root: string,
  name: string,
  options: GenerateOptions,
): Promise<void> {
  const { fields = "", dryRun, force, plural, labelEs, fieldsEs } = options;
  const asked = { name, fields, plural, labelEs, fieldsEs };
  const plan = await planEntity(root, asked, await nextTime(root));
  await refuseExisting(root, plan);
  if (!force && !dryRun) await refuseUncommitted(root);
  const written = await outcomeOf(root, plan);
  const report = [...written].map(
    ([file, { isNew }]) => `${isNew ? "new    " : "changed"} ${file}\n`,
  );
  process.stdout.write(report.join(""));
  if (dryRun) return;
  for (const [file, { text }] of written) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  await format(root, [...written.keys()]);
  process.stdout.write(NEXT);
}

const NEXT = `
Next: npx ${PRODUCT.command} migrate, and npm test. Look at the words in messages/; nobody but administrators may do
anything with it before a role says so.
`;

type Written = Map<string, { text: string; isNew: boolean }>;

/** Every file as it is going to be, before anything is written. */
async function outcomeOf(root: string, plan: Plan): Promise<Written> {
  const written: Written = new Map();
  for (const [file, text] of plan.files) written.set(file, { text, isNew: true });
  const missing: string[] = [];
  for (const edit of plan.edits) {
    const before = written.get(edit.file)?.text ?? (await readShared(root, edit));
    try {
      written.set(edit.file, { text: applyEdit(before, edit), isNew: false });
    } catch (error) {
      if (!(error instanceof NoPlace)) throw error;
      missing.push(error.message);
    }
  }
  if (missing.length > 0) throw new OperatorError(missing.join("\n\n"));
  for (const [file, more] of plan.words) {
    const all = JSON.parse(await readFile(path.join(root, file), "utf8"));
    written.set(file, { text: `${JSON.stringify(addWords(all, more), null, 2)}\n`, isNew: false });
  }
  return written;
}

async function readShared(root: string, edit: Edit): Promise<string> {
  return readFile(path.join(root, edit.file), "utf8").catch(() => {
    throw new OperatorError(`There is no ${edit.file}, which should get this:\n\n${edit.lines}`);
  });
}

async function refuseExisting(root: string, { names, fields, files }: Plan): Promise<void> {
  const schema = await readFile(path.join(root, "prisma/schema.prisma"), "utf8");
  if (new RegExp(`^(model|enum) ${names.Entity} |@@map\\("${names.table}"\\)`, "m").test(schema)) {
    throw new OperatorError(
      `There is a model or a table of this name already, ${names.Entity}, in prisma/schema.prisma.`,
    );
  }
  const words = JSON.parse(await readFile(path.join(root, "messages/en.json"), "utf8"));
  if (names.entitiesVar in words) {
    throw new OperatorError(
      `There are messages of ${names.entitiesVar} already, in messages/en.json.`,
    );
  }
  const own = [names.entity, names.entityVar, names.entitiesVar];
  const same = fields.find(({ name }) => own.includes(name));
  if (same) throw new OperatorError(`A field cannot be called as the thing itself: ${same.name}.`);
  const folders = ["lib", "components", "app/(admin)", "app/v1"].map(
    (one) => `${one}/${names.entities}`,
  );
  for (const file of [...folders, ...files.keys()]) {
    const isThere = await access(path.join(root, file)).then(
      () => true,
      () => false,
    );
    if (isThere) throw new OperatorError(`There is ${file} already; nothing was written.`);
  }
}

/** What is written here can be told from what was there before, and taken back. */
export async function refuseUncommitted(root: string): Promise<void> {
  const { stdout } = await execute("git", ["status", "--porcelain"], { cwd: root }).catch(() => ({
    stdout: "",
  }));
  if (stdout.trim() === "") return;
  throw new OperatorError(
    `There are changes that are not committed, among which these would be lost from sight:\n${stdout}Commit them first, or say --force.`,
  );
}

/** The time of the next migration: now, and later than every other one. */
export async function nextTime(root: string): Promise<string> {
  const names = await readdir(path.join(root, "prisma/migrations"));
  const last =
    names
      .flatMap((name) => /^(\d{14})_/.exec(name)?.[1] ?? [])
      .sort()
      .at(-1) ?? "";
  const now = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  return now > last ? now : String(BigInt(last) + 1n);
}

/** The layout of the house, and without imports that these fields do not need. */
async function format(root: string, files: readonly string[]): Promise<void> {
  const ours = files.filter((file) => /\.(tsx?|mjs|json)$/.test(file));
  const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
  const run = (...args: string[]) =>
    execute(process.execPath, [biome, ...args, ...ours], { cwd: root, maxBuffer: 1e8 });
  await run(
    "lint",
    "--write",
    "--unsafe",
    "--only=correctness/noUnusedImports",
    "--skip-parse-errors",
  );
  await run("check", "--write");
}
