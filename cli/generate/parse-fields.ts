import { OperatorError } from "../operator-error";
import { RESERVED } from "./entity-names";

export const FIELD_TYPES = [
  "text",
  "longtext",
  "integer",
  "decimal",
  "boolean",
  "date",
  "timestamp",
  "choice",
  "user",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** One field of an entity, as `--fields` says it. */
export type Field = {
  name: string;
  type: FieldType;
  optional: boolean;
  unique: boolean;
  /** The most characters of a text. */
  max: number;
  /** All digits of a decimal, and those behind the point. */
  precision: number;
  scale: number;
  /** The values of a choice. */
  choices: readonly string[];
};

export const FIELD_GRAMMAR = `Fields are separated by commas, each name:type, then ? if it may be empty, then :unique:
  text, text(80)       a line of up to 255 characters, or so many
  longtext             lines of text
  integer              a whole number
  decimal, decimal(10,3)   a number with 2 digits behind the point of 12, or so many of so many
  boolean              true or false
  date, timestamp      a day; a moment
  choice(draft|sent)   one of these words
  user                 a user, by e-mail address or id
For example: "number:text(40):unique, amount:decimal, due:date?, paid:boolean, customer:user"`;

const FIELD =
  /^(?<name>[^:\s]+)\s*:\s*(?<type>[a-z]+)\s*(?:\((?<args>[^)]*)\))?\s*(?<optional>\?)?\s*(?<unique>:\s*unique)?$/;
const NAME = /^[a-z][a-zA-Z0-9]{0,39}$/;
const CHOICE = /^[a-z][a-z0-9_]{0,39}$/;
/** Every entity has these, or the code around them has: its variables, the anchors of its pages. */
const OWN = new Set(
  `id version createdAt updatedAt createdBy updatedBy createdById updatedById createdByLabel updatedByLabel kind etag
  search limit cursor sort user actor tx row data details actions asked one found after changes content account record
  danger constructor prototype`.split(/\s+/),
);
const TEXT_MAX = 255;
const TITLE_MIN = 10;
const MAY_BE_UNIQUE: readonly FieldType[] = ["text", "integer"];

/**
 * Reads `--fields`. The first text is what one of them is called by, so there is one, and it is never empty.
 *
 * @throws {OperatorError} naming the field and what to type instead
 */
export function parseFields(text: string): Field[] {
  const parts = splitOutsideBrackets(text);
  if (parts.length === 0)
    throw new OperatorError(`Name at least one field with --fields.\n${FIELD_GRAMMAR}`);
  const fields = parts.map(parseField);
  for (const { name } of fields) {
    const same = fields.filter((one) => columnName(one.name) === columnName(name));
    if (same.length > 1) throw new OperatorError(`There are ${same.length} fields ${name}.`);
  }
  if (fields.length > 40) throw new OperatorError("An entity has up to 40 fields.");
  const title = titleOf(fields);
  if (title === undefined || title.optional) {
    throw new OperatorError(
      "Something has to say which one it is: give it a text that may not be empty, such as name:text. The first text is its title.",
    );
  }
  if (title.max < TITLE_MIN) {
    throw new OperatorError(
      `${title.name} is the title, so it takes at least ${TITLE_MIN} characters.`,
    );
  }
  if (fields.filter(({ unique }) => unique).length > 1) {
    throw new OperatorError(
      "One field can be unique: whoever hears that something is taken has to know what.",
    );
  }
  return fields;
}

/** The field that one of them is called by. */
export function titleOf(fields: readonly Field[]): Field | undefined {
  return fields.find(({ type }) => type === "text");
}

/** As it is called in the database. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function splitOutsideBrackets(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function parseField(text: string): Field {
  const refuse = (sentence: string): never => {
    throw new OperatorError(`${text}: ${sentence}`);
  };
  const { name = "", type = "", args, optional, unique } = FIELD.exec(text)?.groups ?? {};
  if (!name) return refuse(`this is no field.\n${FIELD_GRAMMAR}`);
  if (!NAME.test(name))
    refuse(`"${name}" is no name for a field: dueOn, up to 40 letters and digits.`);
  if (RESERVED.has(name)) refuse(`"${name}" is a word of the language.`);
  if (OWN.has(name)) refuse(`"${name}" is there already, or has a meaning of its own.`);
  if (!isFieldType(type)) return refuse(`there is no type "${type}".\n${FIELD_GRAMMAR}`);
  const field: Field = {
    name,
    type,
    optional: optional !== undefined,
    unique: unique !== undefined,
    max: TEXT_MAX,
    precision: 12,
    scale: 2,
    choices: [],
  };
  if (field.unique && !MAY_BE_UNIQUE.includes(type))
    refuse(`only ${MAY_BE_UNIQUE.join(" and ")} can be unique.`);
  if (field.optional && type === "boolean")
    refuse("it is false when nobody says; leave the ? out.");
  return { ...field, ...readArguments(type, args, refuse) };
}

function readArguments(
  type: FieldType,
  args: string | undefined,
  refuse: (sentence: string) => never,
): Partial<Field> {
  const list = args === undefined ? [] : args.split(/[|,]/).map((one) => one.trim());
  if (type === "choice") {
    if (list.length < 2) refuse("say between which words, at least two: choice(draft|sent).");
    for (const one of list)
      if (!CHOICE.test(one)) refuse(`"${one}" is no choice: small letters, digits, underscores.`);
    if (new Set(list).size < list.length) refuse("a choice is there twice.");
    return { choices: list };
  }
  if (args === undefined) return {};
  const numbers = list.map((one) => (/^\d{1,4}$/.test(one) ? Number(one) : Number.NaN));
  const [first = Number.NaN, second = Number.NaN] = numbers;
  if (type === "text") {
    if (numbers.length !== 1 || !(first >= 1 && first <= TEXT_MAX))
      refuse(`text(1) to text(${TEXT_MAX}).`);
    return { max: first };
  }
  if (type === "decimal") {
    if (numbers.length !== 2 || !(first <= 15 && second >= 1 && second < first)) {
      refuse("decimal(12,2): up to 15 digits, at least one behind the point and one before it.");
    }
    return { precision: first, scale: second };
  }
  return refuse(`${type} takes nothing in brackets.`);
}

function isFieldType(text: string): text is FieldType {
  return FIELD_TYPES.some((type) => type === text);
}
