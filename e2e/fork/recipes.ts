import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** One thing that a recipe has its reader do. */
export type Step =
  | { kind: "edit"; file: string; before: string; after: string }
  | { kind: "write"; file: string; text: string }
  | { kind: "run"; command: string };

/** The steps of each recipe, by its heading: what stands in its code blocks. */
export function readRecipes(markdown: string): Map<string, Step[]> {
  const [, ...sections] = markdown.split(/^## /m);
  return new Map(
    sections.map((section) => {
      const blocks = section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm);
      const steps = [...blocks].flatMap(([, language = "", text = ""]) =>
        readBlock(language, text),
      );
      return [section.split("\n", 1)[0] ?? "", steps];
    }),
  );
}

function readBlock(language: string, text: string): Step[] {
  if (language === "diff") return readDiff(text);
  if (language === "sh") {
    return text
      .split("\n")
      .map((line) => line.replace(/ +#.*$/, "").trim())
      .filter(Boolean)
      .map((command) => ({ kind: "run", command }));
  }
  const [, file = "", rest = ""] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(text) ?? [];
  if (file === "") throw new Error(`A block does not say which file it is:\n${text}`);
  return [{ kind: "write", file, text: rest }];
}

/** `--- file`, then hunks that `@@` parts: lines with a blank, a minus or a plus in front. */
function readDiff(text: string): Step[] {
  return text
    .split(/^--- /m)
    .slice(1)
    .flatMap((part) => {
      const [file = "", ...lines] = part.replace(/\n$/, "").split("\n");
      const hunks: string[][] = [[]];
      for (const line of lines) line === "@@" ? hunks.push([]) : hunks.at(-1)?.push(line);
      const side = (hunk: string[], other: string) =>
        hunk
          .map((line) =>
            line.startsWith(other)
              ? ""
              : `${line.slice(1)}
`,
          )
          .join("");
      return hunks
        .filter((hunk) => hunk.length > 0)
        .map((hunk): Step => {
          return { kind: "edit", file, before: side(hunk, "+"), after: side(hunk, "-") };
        });
    });
}

/**
 * Does in `root` what a recipe says.
 *
 * @param replaced addresses of the document and what stands for them here
 * @returns the files that its reader edits, writes or removes by hand; a folder counts as one
 */
export async function carryOut(
  root: string,
  steps: readonly Step[],
  replaced: Record<string, string> = {},
): Promise<string[]> {
  const touched = new Set<string>();
  for (const step of steps) {
    if (step.kind === "run") {
      const [, removed] = /^git rm (?:-\S+ )*(.+)$/.exec(step.command) ?? [];
      for (const file of removed?.split(" ") ?? []) if (!file.startsWith("-")) touched.add(file);
      await run(root, step.command, replaced);
      continue;
    }
    const file = path.join(root, step.file);
    touched.add(step.file);
    if (step.kind === "write") {
      await mkdir(path.dirname(file), { recursive: true });
      const text = Object.entries(replaced).reduce(
        (before, [here, there]) => before.replaceAll(here, there),
        step.text,
      );
      await writeFile(file, text, { flag: "wx" });
      continue;
    }
    const text = await readFile(file, "utf8");
    const parts = text.split(step.before);
    if (parts.length !== 2) {
      throw new Error(`${step.file} has ${parts.length - 1} times, not once:\n${step.before}`);
    }
    await writeFile(file, parts.join(step.after));
  }
  return [...touched];
}

async function run(root: string, command: string, replaced: Record<string, string>) {
  if (command === "npm test") return; // this is it
  const words = (command.match(/"[^"]*"|\S+/g) ?? [])
    .map((word) => word.replace(/^"|"$/g, ""))
    .map((word) => replaced[word] ?? word);
  const [program = "", ...args] = words;
  // The product's own command, by whatever name.
  if (program === "npx") {
    await execute(process.execPath, ["cli/start.mjs", ...args.slice(1)], { cwd: root });
  } else if (program === "git") {
    await git(root, ...args);
  } else {
    throw new Error(`Nobody has said how to run: ${command}`);
  }
}

/** Runs git as nobody in particular, whatever the machine's own settings say. */
export async function git(root: string, ...args: string[]): Promise<string> {
  const settings = ["user.name=fork", "user.email=fork@example.com", "commit.gpgsign=false"];
  const { stdout } = await execute("git", [...settings.flatMap((one) => ["-c", one]), ...args], {
    cwd: root,
    maxBuffer: 1e8,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  });
  return stdout;
}

export const remove = (folder: string) => rm(folder, { recursive: true, force: true });
