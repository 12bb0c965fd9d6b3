import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");

const source = (file: string) => readFileSync(file, "utf8");
const side = (file: string) => /^"use (client|server)"/m.exec(source(file).slice(0, 40))?.[1];

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesIn(file) : [file];
  });
}

/** The files of ours that a file imports, at once or when they are needed; types are not imported. */
function importsOf(file: string): string[] {
  const text = source(file);
  const named = [
    ...text.matchAll(/^(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm),
    ...text.matchAll(/import\("([^"]+)"\)/g),
  ].map(([, name = ""]) => name);
  return named.flatMap((name) => {
    const base = name.startsWith("@/")
      ? path.join(ROOT, name.slice(2))
      : name.startsWith(".")
        ? path.join(path.dirname(file), name)
        : null;
    const found = base && [`${base}.tsx`, `${base}.ts`].find(existsSync);
    return found ? [found] : [];
  });
}

/** The sections of the messages that components of this page read in the browser. */
function readInBrowser(page: string): string[] {
  const sections = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, inBrowser: boolean) => {
    if (side(file) === "server" || seen.has(`${file} ${inBrowser}`)) return;
    seen.add(`${file} ${inBrowser}`);
    const isClient = inBrowser || side(file) === "client";
    if (isClient) {
      for (const [, section] of source(file).matchAll(/useTranslations\((?:"(\w+)[^"]*")?\)/g)) {
        sections.add(section ?? `everything, in ${path.relative(ROOT, file)}`);
      }
    }
    for (const imported of importsOf(file)) visit(imported, isClient);
  };
  visit(page, false);
  return [...sections].sort();
}

/** Those that it sends, for all that it draws. */
function sent(page: string): string[] {
  const [, drawn = ""] = /export default (.*?)\n\}\n/s.exec(source(page)) ?? [];
  const lists = [...drawn.matchAll(/<ClientMessages\s+sections=\{\[([^\]]*)\]\}/g)];
  const names = lists.flatMap(([, list = ""]) => [...list.matchAll(/"(\w+)"/g)]);
  return [...new Set(names.map(([, name = ""]) => name))].sort();
}

describe("a page sends the browser the messages that its components read there, and no others", () => {
  const pages = filesIn(path.join(ROOT, "app")).filter((file) =>
    /\/(page|layout|not-found|forbidden|error)\.tsx$/.test(file),
  );
  test.each(pages.map((file) => path.relative(ROOT, file)))("%s", (page) => {
    expect(sent(path.join(ROOT, page))).toEqual(readInBrowser(path.join(ROOT, page)));
  });
});
