import { capital, type EntityNames } from "./entity-names";
import { columnName, FIELD_TYPES, type Field, type FieldType, titleOf } from "./parse-fields";
import type { Values } from "./render";

/** What a type of field is in the database, in the schemas and in tests. Expressions are as they stand in the code. */
type Kind = {
  prisma: string;
  sql: string;
  /** A condition of the table; `column` is quoted. */
  check?: (column: string, field: Field) => string;
  zod: string;
  viewZod: string;
  /** From the row, and to it. */
  toView: (name: string) => string;
  toColumn: (asked: string) => string;
  /** The rule of what is there but of another kind. */
  rule?: string;
  /** Two values as they are sent and answered, and one that is no such thing. */
  samples: readonly [string, string];
  wrong: string;
  /** What the table refuses, as SQL. */
  refused: readonly string[];
};

const same = (expression: string) => expression;
const iso = (name: string) => `row.${name}.toISOString()`;
const dated = (asked: string) => `new Date(${asked})`;

function kindOf(names: EntityNames, field: Field): Kind {
  const { name, max, precision, scale, choices } = field;
  const cut = (text: string) => text.slice(0, max);
  const [first = "", second = first] = choices;
  const quoted = choices.map((one) => JSON.stringify(one)).join(", ");
  const kinds: Record<FieldType, Kind> = {
    text: {
      prisma: `String @db.VarChar(${max})`,
      sql: `VARCHAR(${max})`,
      check: (column) => `btrim(${column}) <> ''`,
      zod: `line(${max})`,
      viewZod: "z.string()",
      toView: (one) => `row.${one}`,
      toColumn: same,
      samples: [cut("First"), cut("Second")],
      wrong: `"x".repeat(${max + 1})`,
      refused: ["''", "'  '", `repeat('x', ${max + 1})`],
    },
    longtext: {
      prisma: "String",
      sql: "TEXT",
      check: (column) => `btrim(${column}) <> '' AND char_length(${column}) <= 10000`,
      zod: "lines",
      viewZod: "z.string()",
      toView: (one) => `row.${one}`,
      toColumn: same,
      samples: ["A first line", "Another line"],
      wrong: `"x".repeat(10_001)`,
      refused: ["''", "repeat('x', 10001)"],
    },
    integer: {
      prisma: "Int",
      sql: "INTEGER",
      zod: "whole",
      viewZod: "z.int()",
      toView: (one) => `row.${one}`,
      toColumn: same,
      rule: "notWhole",
      samples: ["7", "12"],
      wrong: "1.5",
      refused: ["2147483648"],
    },
    decimal: {
      prisma: `Decimal @db.Decimal(${precision}, ${scale})`,
      sql: `DECIMAL(${precision},${scale})`,
      check: (column) => `${column} <> 'NaN'`,
      zod: `decimal(${precision}, ${scale})`,
      viewZod: "z.string()",
      toView: (one) => `row.${one}.toFixed(${scale})`,
      toColumn: same,
      rule: "notDecimal",
      samples: [Number(1.5).toFixed(scale), Number(2.5).toFixed(scale)],
      wrong: JSON.stringify("1,5"),
      refused: ["'NaN'", `1${"0".repeat(precision - scale)}`],
    },
    boolean: {
      prisma: "Boolean @default(false)",
      sql: "BOOLEAN",
      zod: `z.boolean(or("invalid"))`,
      viewZod: "z.boolean()",
      toView: (one) => `row.${one}`,
      toColumn: (asked) => `${asked} ?? false`,
      samples: ["false", "true"],
      wrong: JSON.stringify("yes"),
      refused: [],
    },
    date: {
      prisma: "DateTime @db.Date",
      sql: "DATE",
      check: (column) => `${column} BETWEEN '0001-01-01' AND '9999-12-31'`,
      zod: "day",
      viewZod: "z.iso.date()",
      toView: (one) => `${iso(one)}.slice(0, 10)`,
      toColumn: dated,
      rule: "notDay",
      samples: ["2026-11-21", "2026-12-01"],
      wrong: JSON.stringify("2026-02-30"),
      refused: ["'infinity'", "'2026-02-30'"],
    },
    timestamp: {
      prisma: "DateTime @db.Timestamptz(3)",
      sql: "TIMESTAMPTZ(3)",
      check: (column) => `${column} BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999Z'`,
      zod: "moment",
      viewZod: "z.iso.datetime()",
      toView: iso,
      toColumn: dated,
      rule: "notMoment",
      samples: ["2026-11-21T09:30:00.000Z", "2026-12-01T18:00:00.000Z"],
      wrong: JSON.stringify("2026-11-21T25:00:00Z"),
      refused: ["'infinity'"],
    },
    choice: {
      prisma: names.Entity + capital(name),
      sql: `"${names.entitySnake}_${columnName(name)}"`,
      zod: `z.enum([${quoted}], or("invalid"))`,
      viewZod: `z.enum([${quoted}])`,
      toView: (one) => `row.${one}.toLowerCase() as ${names.Entity}View["${name}"]`,
      toColumn: (asked) => `${asked}.toUpperCase() as ${names.Entity}Row["${name}"]`,
      samples: [first, second],
      wrong: JSON.stringify("none-of-these"),
      refused: ["'none-of-these'"],
    },
    user: {
      prisma: "String @db.Uuid",
      sql: "UUID",
      zod: "person",
      viewZod: "Person",
      toView: (one) => `row.${one}`,
      toColumn: same,
      rule: "userUnknown",
      samples: ["ada@example.com", "ada@example.com"],
      wrong: JSON.stringify("nobody@example.com"),
      refused: ["gen_random_uuid()"],
    },
  };
  return kinds[field.type];
}

/** The words for a field as a reader would say them: `dueOn` is "Due on". */
export function wordsOf(name: string): string {
  return capital(
    name
      .replace(/_/g, " ")
      .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      .trim(),
  );
}

/** Whether the database may have nothing there: a user who is referred to may be deleted. */
const isNullable = ({ type, optional }: Field) => optional || type === "user";

/** Everything the templates ask about one field. */
export function fieldValues(
  names: EntityNames,
  fields: readonly Field[],
  field: Field,
  fieldsEs = "",
): Values {
  const spanish = new Map(
    fieldsEs.split(",").flatMap((part): [string, string][] => {
      const [name = "", word = ""] = part.split(":").map((one) => one.trim());
      return name && word ? [[name, word]] : [];
    }),
  );
  const inSpanish = (one: string) => capital(spanish.get(one) ?? wordsOf(one));
  const kind = kindOf(names, field);
  const { name, type, optional, unique, choices } = field;
  const column = columnName(name) + (type === "user" ? "_id" : "");
  const nullable = isNullable(field);
  const quotedSample = (value: string) =>
    type === "integer" || type === "boolean" ? value : JSON.stringify(value);
  const [first, second] = kind.samples;
  const title = titleOf(fields) === field;
  const asked = `asked.${name}`;
  const view = kind.toView(name);
  const is = Object.fromEntries(FIELD_TYPES.map((one) => [`is${capital(one)}`, one === type]));
  return {
    ...is,
    name,
    column,
    title,
    optional,
    unique,
    nullable,
    prismaLine: prismaLine(kind.prisma, field, column, nullable),
    relation: `${names.Entity}${capital(name)}`,
    backRelation: `${names.entitiesVar}As${capital(name)}`,
    condition: conditionOf(field),
    ...textValues(names, field),
    ...shownValues(names, field, nullable),
    enumName: names.Entity + capital(name),
    enumSql: `${names.entitySnake}_${columnName(name)}`,
    sqlType:
      type === "boolean"
        ? "BOOLEAN NOT NULL DEFAULT false"
        : kind.sql + (nullable ? "" : " NOT NULL"),
    check: kind.check?.(`"${column}"`, field) ?? "",
    zod: kind.zod + (type === "boolean" ? ".optional()" : optional ? ".nullish()" : ""),
    viewZod: kind.viewZod + (nullable ? ".nullable()" : ""),
    select:
      type === "user"
        ? `${name}: { select: { id: true, email: true, name: true } }`
        : `${name}: true`,
    toView: nullable ? orNull(name, view) : view,
    /** When one is created, and when one is changed: then nothing is null already. */
    toColumn: optional ? nullAware(asked, kind.toColumn(asked)) : kind.toColumn(asked),
    changed:
      kind.toColumn(asked).startsWith(asked) && type !== "choice"
        ? asked
        : optional
          ? nullAware(asked, kind.toColumn(asked))
          : kind.toColumn(asked),
    sample: quotedSample(first),
    otherSample: quotedSample(second),
    sampleText: first,
    otherText: second,
    /** In the access tests, where no two of a unique field may be the same. */
    matrixSample: unique && type === "integer" ? "1_000_001" : quotedSample(first),
    formSample:
      type === "boolean"
        ? `""`
        : JSON.stringify(
            type === "timestamp"
              ? first.slice(0, 19)
              : unique
                ? type === "integer"
                  ? "1000002"
                  : second
                : first,
          ),
    thingSql: unique
      ? type === "integer"
        ? "$2::int"
        : "$2"
      : type === "integer" || type === "boolean"
        ? first
        : `'${first}'`,
    sampleSql: type === "integer" || type === "boolean" ? first : `'${first}'`,
    wrong: kind.wrong,
    wrongRule: kind.rule ?? (type === "text" || type === "longtext" ? "tooLong" : "invalid"),
    refused: kind.refused.map((value) => ({ value })),
    fill:
      type === "choice"
        ? `selectOption(${JSON.stringify(first)})`
        : type === "timestamp"
          ? `fill("2026-11-21T09:30:00")`
          : `fill(${JSON.stringify(first)})`,
    mustBeGiven: !optional && type !== "boolean",
    choices: choices.map((choice, index) => ({
      choiceComma: index < choices.length - 1 ? "," : "",
      choice,
      CHOICE: choice.toUpperCase(),
      choiceEn: wordsOf(choice),
      choiceEs: inSpanish(choice),
      plainEn: wordsOf(choice).toLowerCase(),
      plainEs: inSpanish(choice).toLowerCase(),
    })),
    choiceList: choices.map((choice) => `'${choice}'`).join(", "),
    label: wordsOf(name),
    labelEs: inSpanish(name),
    plainLabel: wordsOf(name).toLowerCase(),
  };
}

/** The field in prisma/schema.prisma. */
function prismaLine(
  kind: string,
  { name, type, unique }: Field,
  column: string,
  nullable: boolean,
): string {
  const [scalar = "", ...attributes] = kind
    .split(" @")
    .map((part, index) => (index ? `@${part}` : part));
  const called = type === "user" ? `${name}Id` : name;
  return [
    called,
    scalar + (nullable ? "?" : ""),
    ...(unique ? ["@unique"] : []),
    ...(called === column ? [] : [`@map("${column}")`]),
    ...attributes,
  ].join(" ");
}

/** What a policy may ask of the field, as lib/access/subjects.ts says it; nothing of those that are hard to name. */
function conditionOf({ name, type, choices }: Field): string {
  const quoted = choices.map((choice) => `"${choice}"`).join(", ");
  const kinds: Partial<Record<FieldType, string>> = {
    text: `${name}: "text"`,
    integer: `${name}: "integer"`,
    boolean: `${name}: "boolean"`,
    choice: `${name}: [${quoted}]`,
  };
  return kinds[type] ?? "";
}

/** How a form holds the field: as text, in which control. */
function textValues({ entityVar }: EntityNames, { name, type, optional, choices }: Field): Values {
  const view = `${entityVar}.${name}`;
  const orEmpty = (expression: string) => (optional ? `${expression} ?? ""` : expression);
  const given = `texts.${name}`;
  const plain = {
    initialText: "",
    toText: orEmpty(view),
    fromText: optional ? `${given} || null` : given,
  };
  const input = (inputProps: string) => ({ isInput: true, inputProps, formHint: "" });
  const other = { isInput: false, inputProps: "", formHint: "" };
  const number = `${given} === "" ? null : Number(${given})`;
  switch (type) {
    case "text":
      return { ...plain, ...input(`autoComplete="off"`) };
    case "longtext":
      return { ...plain, ...other };
    case "integer":
      return {
        ...plain,
        ...input(`inputMode="numeric" autoComplete="off"`),
        toText: orEmpty(optional ? `${view}?.toString()` : `String(${view})`),
        fromText: number,
      };
    case "decimal":
      return {
        ...plain,
        ...input(`inputMode="decimal" autoComplete="off"`),
        fromText: `${given}.replace(",", ".")${optional ? " || null" : ""}`,
      };
    case "boolean":
      return { ...plain, ...other, toText: `${view} ? "on" : ""`, fromText: `${given} !== ""` };
    case "date":
      return { ...plain, ...input(`type="date"`) };
    case "timestamp":
      return {
        ...plain,
        ...input(`type="datetime-local" step={1}`),
        formHint: "utcHint",
        toText: orEmpty(`${view}${optional ? "?" : ""}.slice(0, 19)`),
        fromText: `${given} ? \`\${${given}}Z\` : null`,
      };
    case "choice":
      return { ...plain, ...other, initialText: optional ? "" : (choices[0] ?? "") };
    case "user":
      return {
        ...plain,
        ...input(`type="email" autoComplete="off" autoCapitalize="none" spellCheck={false}`),
        formHint: "personHint",
        toText: `${view}?.email ?? ""`,
      };
  }
}

/** How pages show the field, in the list and by itself. */
function shownValues({ entityVar }: EntityNames, { name, type }: Field, nullable: boolean): Values {
  const view = `${entityVar}.${name}`;
  const empty = `t("empty")`;
  const shown = (expression: string) =>
    nullable ? `{${view} === null ? ${empty} : ${expression}}` : `{${expression}}`;
  const texts: Record<FieldType, string> = {
    text: nullable ? `{${view} ?? ${empty}}` : `{${view}}`,
    longtext: nullable ? `{${view} ?? ${empty}}` : `{${view}}`,
    integer: shown(`format.number(${view})`),
    decimal: shown(`format.number(Number(${view}), { minimumFractionDigits: 2 })`),
    boolean: `{t(${view} ? "yes" : "no")}`,
    date: shown(`format.dateTime(new Date(${view}), { dateStyle: "medium" })`),
    timestamp: nullable
      ? `{${view} === null ? ${empty} : <RelativeTime at={${view}} now={now} />}`
      : `<RelativeTime at={${view}} now={now} />`,
    choice: nullable
      ? `{${view} === null ? ${empty} : <Badge>{t(\`choice.${name}.\${${view}}\`)}</Badge>}`
      : `<Badge>{t(\`choice.${name}.\${${view}}\`)}</Badge>`,
    user: `{${view}?.email ?? ${empty}}`,
  };
  return {
    shownText: texts[type],
    isNumber: type === "integer" || type === "decimal",
    formats: type === "integer" || type === "decimal" || type === "date",
  };
}

/** From a row that may have nothing there. */
function orNull(name: string, view: string): string {
  if (view === `row.${name}`) return view;
  const [expression = "", cast] = view.replace(`row.${name}.`, `row.${name}?.`).split(" as ");
  return cast ? `(${expression} ?? null) as ${cast}` : `${expression} ?? null`;
}

const parenthesized = (expression: string) =>
  expression.includes(" as ") ? `(${expression})` : expression;

/** `asked` itself where it is what the column takes; else null where it is nothing. */
function nullAware(asked: string, expression: string): string {
  if (expression === asked) return `${asked} ?? null`;
  return `${asked} ? ${parenthesized(expression)} : null`;
}
