import { PRODUCT } from "@/product";
import type { Asked } from "./asked";
import { capital, type EntityNames } from "./entity-names";
import { fieldValues } from "./field-values";
import { type Field, titleOf } from "./parse-fields";
import type { Values } from "./render";

/** Rules beyond "required" and "invalid", with the types of field that have them, and their words. */
const RULES: { rule: string; types: readonly string[]; english: string; en: string; es: string }[] =
  [
    {
      rule: "tooLong",
      types: ["text", "longtext"],
      english: "This text is too long.",
      en: "Use a shorter text.",
      es: "Use un texto más corto.",
    },
    {
      rule: "notWhole",
      types: ["integer"],
      english: "This is not a whole number.",
      en: "Enter a whole number.",
      es: "Escriba un número entero.",
    },
    {
      rule: "notDecimal",
      types: ["decimal"],
      english: 'Send a number as text, such as \\"12.50\\".',
      en: "Enter a number such as 12.50.",
      es: "Escriba un número como 12,50.",
    },
    {
      rule: "notDay",
      types: ["date"],
      english: "Send a day such as 2026-11-21.",
      en: "Enter a date.",
      es: "Escriba una fecha.",
    },
    {
      rule: "notMoment",
      types: ["timestamp"],
      english: "Send a moment such as 2026-11-21T09:30:00Z.",
      en: "Enter a date and a time.",
      es: "Escriba una fecha y una hora.",
    },
    {
      rule: "userUnknown",
      types: ["user"],
      english: "There is no such user.",
      en: "There is nobody here with this e-mail address.",
      es: "Aquí no hay nadie con este correo electrónico.",
    },
  ];

/** How many fields the list shows beside the title. */
const COLUMNS = 4;

/** With a comma behind each but the last. */
const listed = (values: readonly Values[]): Values[] =>
  values.map((value, index) => ({ ...value, comma: index < values.length - 1 ? "," : "" }));

const article = (word: string) => (/^[aeiou]/.test(word) ? "an" : "a");

/** Everything the templates ask. */
export function entityValues(
  names: EntityNames,
  fields: readonly Field[],
  asked: Asked,
  time: string,
): Values {
  const values = fields.map((field) => fieldValues(names, fields, field, asked.fieldsEs));
  const typed = (type: string) => fields.some((field) => field.type === type);
  const of = (type: string) => values.filter((_, index) => fields[index]?.type === type);
  const shown = values
    .filter(({ title, isLongtext }) => title === false && isLongtext === false)
    .slice(0, COLUMNS);
  const allChoices = new Map(
    values.flatMap(({ choices }) =>
      (choices as readonly Values[]).map((one) => [one["choice"], one] as const),
    ),
  );
  const title = titleOf(fields);
  const unique = fields.find((field) => field.unique);
  const searched = fields.filter(({ type }) => type === "text" || type === "longtext");
  const rules = RULES.filter(({ types }) => types.some(typed));
  const taken = {
    rule: "taken",
    english: `Another ${names.word} has this.`,
    en: `Another ${names.word} has this already.`,
    es: "Esto ya lo tiene otro registro.",
  };
  const [wordEs = names.word, wordsEs = names.words] = (asked.labelEs ?? "")
    .split("/")
    .filter(Boolean);
  const uniqueValues = values.find((_, index) => fields[index] === unique);
  return {
    ...names,
    time,
    command: commandOf(asked),
    aWord: `${article(names.word)} ${names.word}`,
    AWord: `${capital(article(names.word))} ${names.word}`,
    aVar: `${article(names.word)}${names.Entity}`,
    wordEs,
    wordsEs,
    WordEs: capital(wordEs),
    WordsEs: capital(wordsEs),
    fields: listed(values),
    userFields: listed(of("user")),
    booleanFields: of("boolean"),
    choiceFields: listed(of("choice")),
    allChoices: listed([...allChoices.values()]),
    fillFields: values.filter(({ title, mustBeGiven }) => title === false && mustBeGiven === true),
    shownFields: shown,
    listFormats: shown.some(({ formats }) => formats === true),
    formats: values.some(({ formats }) => formats === true),
    searchFields: values
      .filter((_, index) => searched.some((one) => one === fields[index]))
      .map((value, index) => ({ ...value, comma: index > 0 ? ", " : "" })),
    conditionFields: listed(values.filter(({ condition }) => condition !== "")),
    thingFields: of("user").length === values.length ? [] : values.filter(({ isUser }) => !isUser),
    countsThings: values.some(({ thingSql }) => String(thingSql).includes("$2")),
    searchWords: searched.map(({ name }) => name).join(", "),
    searchIndexSql: searched
      .map(
        ({ name }) =>
          `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}" %1$I.gin_trgm_ops`,
      )
      .join(", "),
    titleName: title?.name ?? "",
    hasUnique: unique !== undefined,
    uniqueName: unique?.name ?? "",
    uniqueWord: typeof uniqueValues?.["plainLabel"] === "string" ? uniqueValues["plainLabel"] : "",
    uniqueInteger: unique?.type === "integer" ? [{ name: unique.name }] : [],
    rules: [...rules, ...(unique ? [taken] : [])].map(({ rule, english, en, es }) => ({
      rule,
      english,
      en,
      es,
    })),
    hasLongtext: typed("longtext"),
    hasInteger: typed("integer"),
    hasDecimal: typed("decimal"),
    hasBoolean: typed("boolean"),
    hasDate: typed("date"),
    hasTimestamp: typed("timestamp"),
    hasChoice: typed("choice"),
    hasUser: typed("user"),
  };
}

/** What was typed, so that it can be read where it is needed again: to take everything away. */
function commandOf({ name, fields, plural, labelEs, fieldsEs }: Asked): string {
  const option = (flag: string, text: string | undefined) =>
    text ? ` ${flag} ${JSON.stringify(text)}` : "";
  return `${PRODUCT.command} generate entity ${name}${option("--plural", plural)}${option("--fields", fields)}${option("--label-es", labelEs)}${option("--fields-es", fieldsEs)}`;
}
