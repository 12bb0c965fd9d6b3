import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { EVERY_TYPE, SPANISH } from "@/e2e/fork/every-type";
import { generateEntity } from "./generate-entity";
import { removeEntity } from "./remove-entity";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const execute = promisify(execFile);
/** A copy of the repository, inside it so that links to packages lead nowhere else. */
const COPY = path.resolve(`.build/generate-${process.pid}`);
const run = (command: string, ...args: string[]) =>
  execute(command, args, { cwd: COPY, maxBuffer: 1e8 }).catch((error) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
const git = async (...args: string[]) => {
  const who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"];
  return (await run("git", ...who, ...args)).stdout;
};

beforeAll(async () => {
  const { stdout } = await execute("git", ["ls-files", "-co", "--exclude-standard"]);
  for (const file of stdout.split("\n").filter(Boolean)) {
    await mkdir(path.join(COPY, path.dirname(file)), { recursive: true });
    await cp(file, path.join(COPY, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error; // deleted, and not committed yet
    });
  }
  await symlink(path.resolve("node_modules"), path.join(COPY, "node_modules"));
  await git("init", "--quiet");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "A release");
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(COPY, { recursive: true, force: true });
});

const said = () =>
  vi
    .mocked(process.stdout.write)
    .mock.calls.map(([text]) => String(text))
    .join("");

test("a dry run says what would be written, and writes nothing", async () => {
  await generateEntity(COPY, "invoice", { fields: "name:text", dryRun: true });
  expect(said()).toContain("new     lib/invoices/create-invoice.ts\n");
  expect(said()).toContain("changed prisma/schema.prisma\n");
  expect(await git("status", "--porcelain")).toBe("");
});

describe("refused in words, and nothing is written", () => {
  test("without a field", async () => {
    await expect(generateEntity(COPY, "invoice", {})).rejects.toThrow("Name at least one field");
  });

  test.each([
    ["role", "has a meaning here already"],
    ["passkey", "has a meaning here already"],
    ["preference", "There are messages of preferences already"],
    ["name", "A field cannot be called as the thing itself: name"],
    ["api-token", "There is a model or a table of this name already, ApiToken"],
  ])("%s", async (name, words) => {
    await expect(generateEntity(COPY, name, { fields: "name:text" })).rejects.toThrow(words);
  });

  test("among changes that are not committed", async () => {
    await writeFile(path.join(COPY, "note.txt"), "mine");
    const generated = generateEntity(COPY, "invoice", { fields: "name:text" });
    await expect(generated).rejects.toThrow("?? note.txt");
    await rm(path.join(COPY, "note.txt"));
  });

  test("where a shared file has no place for it", async () => {
    const file = path.join(COPY, "lib/audit/schema.ts");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("AUDIT_ACTIONS = [", "AUDIT_ACTIONS = [ // all"));
    const generated = generateEntity(COPY, "invoice", { fields: "name:text", force: true });
    await expect(generated).rejects.toThrow("lib/audit/schema.ts has no place for this");
    await writeFile(file, text);
  });

  test("to remove what nobody has generated", async () => {
    await expect(removeEntity(COPY, "invoice", {})).rejects.toThrow("There is no migration");
  });
});

describe("two entities beside each other", () => {
  test("are written", async () => {
    await generateEntity(COPY, "invoice", { fields: EVERY_TYPE, ...SPANISH });
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "Invoices");
    await generateEntity(COPY, "purchase-order", { fields: "name:text" });
    await git("add", "--all");
  });

  test("keep the layout and the import law; the types in e2e/fork/fork.test.ts", async () => {
    const node = (...args: string[]) => run(process.execPath, ...args);
    const written = (await git("diff", "--cached", "--name-only", "HEAD~1")).split("\n");
    const ours = written.filter((file) => /\.(tsx?|mjs|json)$/.test(file));
    await node("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", ...ours);
    await node("scripts/import-law.mjs");
  });

  test("cannot be written twice", async () => {
    const again = generateEntity(COPY, "invoice", { fields: "name:text", force: true });
    await expect(again).rejects.toThrow(
      "There is a model or a table of this name already, Invoice",
    );
  });

  test("go without a trace", async () => {
    await removeEntity(COPY, "purchase-order", { force: true });
    await git("add", "--all");
    expect(await git("diff", "--cached", "HEAD")).toBe("");
    await removeEntity(COPY, "invoice", {});
    await git("add", "--all");
    expect(await git("diff", "--cached", "HEAD~1")).toBe("");
    await git("commit", "--quiet", "--message", "No invoices");
  });

  test("leave a migration that drops the table, once theirs was applied", async () => {
    await generateEntity(COPY, "invoice", { fields: "name:text, state:choice(draft|sent)" });
    await removeEntity(COPY, "invoice", { applied: true, force: true });
    const [made = "", dropped = "", ...more] = (await git("status", "--porcelain", "-uall"))
      .split("\n")
      .filter(Boolean)
      .map((line) => line.slice(3));
    expect(more).toEqual([]);
    expect(made).toMatch(/^prisma\/migrations\/\d+_add_invoices\/migration\.sql$/);
    expect(dropped).toMatch(/^prisma\/migrations\/\d+_drop_invoices\/migration\.sql$/);
    expect(await readFile(path.join(COPY, dropped), "utf8")).toBe(
      '-- DropTable\nDROP TABLE "invoices";\n\n-- DropEnum\nDROP TYPE "invoice_state";\n',
    );
  });
});
