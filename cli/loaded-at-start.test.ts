import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { BUNDLE } from "./prepare.mjs";

// What the bundle imports by itself, every start and every command loads; the rest waits until it is needed.
test.each(["next-intl", "nodemailer", "csv-parse", "csv-stringify", "bcrypt", "@node-rs/argon2"])(
  "no command loads %s before it needs it",
  async (name) => {
    const text = await readFile(BUNDLE, "utf8");
    const loaded = [...text.matchAll(/^import [^;]*?"([^"]+)";$/gm)].map(([, from = ""]) => from);
    expect(loaded).toContain("pg");
    expect(loaded.filter((from) => from === name || from.startsWith(`${name}/`))).toEqual([]);
  },
);
