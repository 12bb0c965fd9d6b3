/** What a template is filled with: texts, conditions, and lists of the same. */
export type Values = { [name: string]: string | boolean | readonly Values[] };

const LINE_TAG = /^[ \t]*(\{\{[#^/]\w+\}\})[ \t]*\n/gm;
const SECTION = /\{\{([#^])(\w+)\}\}((?:(?!\{\{[#^]\2\}\})[\s\S])*?)\{\{\/\2\}\}/;
const NAME = /\{\{(\w+)\}\}/g;

/**
 * Fills a template, in the least of Mustache: `{{name}}`; `{{#name}}...{{/name}}` once for each of a list, or if it is
 * so; `{{^name}}...{{/name}}` if it is not. A tag that has a line for itself takes the line with it. Inside a list what
 * stands outside is known, too. A section holds none of its own name.
 *
 * @throws {Error} at a name that has no value
 */
export function render(template: string, values: Values): string {
  return fill(template.replace(LINE_TAG, "$1"), values);
}

function fill(template: string, values: Values): string {
  const found = SECTION.exec(template);
  if (found === null) return template.replace(NAME, (_, name: string) => text(values, name));
  const [whole, sign, name = "", inner = ""] = found;
  const value = values[name];
  if (value === undefined) throw new Error(`The template asks for ${name}.`);
  const list = Array.isArray(value) ? (value as readonly Values[]) : null;
  const so = list ? list.length > 0 : value !== false && value !== "";
  const each = sign === "^" ? (so ? [] : [{}]) : (list ?? (so ? [{}] : []));
  const before = fill(template.slice(0, found.index), values);
  const filled = each.map((own) => fill(inner, { ...values, ...own })).join("");
  return before + filled + fill(template.slice(found.index + whole.length), values);
}

function text(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== "string") throw new Error(`The template asks for the text of ${name}.`);
  return value;
}
