import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Asked } from "./asked";
import type { Edit, Words } from "./edit";
import { type EntityNames, entityNames } from "./entity-names";
import { entityValues } from "./entity-values";
import { type Field, parseFields } from "./parse-fields";
import { render, type Values } from "./render";
import { sharedEdits } from "./shared-edits";

/** Everything that an entity writes. */
export type Plan = {
  names: EntityNames;
  fields: readonly Field[];
  /** New files by path, as the templates make them. */
  files: Map<string, string>;
  /** Lines of shared files. */
  edits: Edit[];
  /** Messages by file. */
  words: Map<string, Words>;
};

const TEMPLATE = /\.txt$/;
/** Templates that an entity with certain fields needs only. */
const ONLY_WITH: Record<string, keyof Values> = { "find-referred-user.ts": "hasUser" };

/**
 * @param root the folder of the product
 * @param time of the migration: 20261121093000
 * @throws {OperatorError} at a name or a field that is none
 */
export async function planEntity(root: string, asked: Asked, time: string): Promise<Plan> {
  const names = entityNames(asked.name, asked.plural);
  const fields = parseFields(asked.fields);
  const values = entityValues(names, fields, asked, time);
  const templates = path.join(root, "cli", "generate", "templates");
  const files = new Map<string, string>();
  const words = new Map<string, Words>();
  const all = await readdir(templates, { recursive: true });
  for (const name of all.filter((one) => TEMPLATE.test(one)).sort()) {
    const file = name.split(path.sep).join("/").replace(TEMPLATE, "");
    const needed = ONLY_WITH[path.posix.basename(file)];
    if (needed !== undefined && values[needed] === false) continue;
    const text = render(await readFile(path.join(templates, name), "utf8"), values);
    if (file.startsWith("messages/")) words.set(file, JSON.parse(text));
    else files.set(render(file, values), text);
  }
  return { names, fields, files, edits: sharedEdits(values), words };
}
