import type { Edit } from "./edit";
import { render, type Values } from "./render";

const MODEL = `{{#choiceFields}}

enum {{enumName}} {
{{#choices}}
  {{CHOICE}} @map("{{choice}}")
{{/choices}}

  @@map("{{enumSql}}")
}
{{/choiceFields}}

model {{Entity}} {
  id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
{{#fields}}
  {{prismaLine}}
{{#isUser}}
  {{name}} User? @relation("{{relation}}", fields: [{{name}}Id], references: [id], onDelete: SetNull)
{{/isUser}}
{{/fields}}
  /// Counts edits; the ETag of the native API.
  version Int @default(1)
  createdAt DateTime @default(dbgenerated("CURRENT_TIMESTAMP")) @map("created_at") @db.Timestamptz(3)
  /// No relation, and neither is the other one: whoever it was may be deleted.
  createdById String @map("created_by_id") @db.Uuid
  createdByLabel String @map("created_by_label") @db.VarChar(255)
  updatedAt DateTime @default(dbgenerated("CURRENT_TIMESTAMP")) @map("updated_at") @db.Timestamptz(3)
  updatedById String @map("updated_by_id") @db.Uuid
  updatedByLabel String @map("updated_by_label") @db.VarChar(255)

  @@index([createdAt, id])
{{#userFields}}
  @@index([{{name}}Id])
{{/userFields}}
  @@index([{{#searchFields}}{{comma}}{{name}}(ops: raw("gin_trgm_ops")){{/searchFields}}], type: Gin, map: "{{table}}_search_idx")
  @@map("{{table}}")
}
`;

const SUBJECT = `  {{Entity}}: {
    actions: ACTIONS,
    fields: { {{#conditionFields}}{{condition}}, {{/conditionFields}} },
  },
`;

const ROUTES = `
  { at: "GET /v1/{{entities}}", hears: api(403, 403, 403, 200) },
  { at: "POST /v1/{{entities}}", hears: api(403, 403, 403, 201), body: { {{#fields}}{{name}}: {{matrixSample}}, {{/fields}} } },
  { at: "GET /v1/{{entities}}/{id}", id: "{{entityVar}}", hears: api(403, 403, 403, 200) },
  { at: "PATCH /v1/{{entities}}/{id}", id: "{{entityVar}}", hears: api(403, 403, 403, 200), body: { {{titleName}}: "Changed" } },
  { at: "DELETE /v1/{{entities}}/{id}", id: "{{entityVar}}", hears: api(403, 403, 403, 204) },
`;

const PAGES = `
  page("/{{entities}}", 403, 403, 200),
  page("/{{entities}}/new", 403, 403, 200),
  { ...page("/{{entities}}/{id}", 403, 403, 200), id: "{{entityVar}}" },
`;

const ACTIONS = `
  of("(admin)/{{entities}}/actions.ts", "/{{entities}}/new", ADMIN)("save", BEFORE, { id: "", etag: "", {{#fields}}{{name}}: {{formSample}}, {{/fields}} }),
  of("(admin)/{{entities}}/actions.ts", "/{{entities}}/{{{entityVar}}}", ADMIN)("remove", "{{{entityVar}}}"),
`;

const THING = `    {{entityVar}}: () =>
      one(
        \`INSERT INTO {{table}} ({{#thingFields}}{{column}}, {{/thingFields}}created_by_id, created_by_label, updated_by_id, updated_by_label)
         VALUES ({{#thingFields}}{{thingSql}}, {{/thingFields}}$1, 'someone@example.com', $1, 'someone@example.com') RETURNING id\`,
        [caller{{#countsThings}}, \`\${count++}\`{{/countsThings}}],
      ),
`;

const TOUCHED = `  [
    /^(lib|components|app\\/v1|app\\/\\(admin\\))\\/{{entities}}\\//,
    ["contracts/{{entities}}", "browser/{{entities}}", "access/matrix"],
  ],
`;

/** The fields of a model in columns, as they stand in prisma/schema.prisma: name, type, attributes. */
function aligned(model: string): string {
  const rows = model
    .split("\n")
    .map((line) => /^ {2}(\w+) ([A-Z]\S*)(?: (.*))?$/.exec(line) ?? line);
  const fields = rows.filter((row) => typeof row !== "string");
  const widest = (column: number) => Math.max(...fields.map((row) => row[column]?.length ?? 0));
  const [name, type] = [widest(1), widest(2)];
  return rows
    .map((row) =>
      typeof row === "string"
        ? row
        : `  ${row[1]?.padEnd(name)} ${row[2]?.padEnd(type)} ${row[3] ?? ""}`.trimEnd(),
    )
    .join("\n");
}

/** What an entity says in files that others share, each in its place. */
export function sharedEdits(values: Values): Edit[] {
  const edit = (file: string, place: Edit["place"], template: string): Edit => ({
    file,
    place,
    lines: render(template, values),
  });
  const model: Edit = {
    file: "prisma/schema.prisma",
    place: { atEnd: true },
    lines: aligned(render(MODEL, values)),
  };
  const relations = `{{#userFields}}  {{backRelation}} {{Entity}}[] @relation("{{relation}}")\n{{/userFields}}`;
  return [
    edit(
      "prisma/schema.prisma",
      { behind: /^ {2}\w+ +\w+\[\]( @relation.*)?$/, within: "model User {" },
      relations,
    ),
    model,
    edit("lib/access/subjects.ts", { lastIn: "export const SUBJECTS = {" }, SUBJECT),
    edit(
      "lib/audit/schema.ts",
      { lastIn: "export const AUDIT_ACTIONS = [" },
      `  "{{entityVar}}.created",\n  "{{entityVar}}.updated",\n  "{{entityVar}}.deleted",\n`,
    ),
    edit(
      "app/v1/openapi.json/document.ts",
      { sortedBy: /^import \{ \w+ \} from "\.\/paths\/([\w-]+)";$/ },
      `import { {{entitiesVar}} } from "./paths/{{entities}}";\n`,
    ),
    edit(
      "app/v1/openapi.json/document.ts",
      { lastIn: "      paths: {" },
      `        ...{{entitiesVar}},\n`,
    ),
    edit(
      "app/v1/openapi.json/document.ts",
      { lastIn: "      tags: [" },
      `        { name: "{{Words}}", description: "{{Words}} of this installation." },\n`,
    ),
    edit(
      "app/(admin)/sections.ts",
      { lastIn: "const SECTIONS: readonly Section[] = [" },
      `  {
    path: "/{{entities}}",
    needs: ["read", "{{Entity}}"],
    label: "admin.{{entitiesVar}}",
  },
`,
    ),
    edit(
      "app/(admin)/commands.ts",
      { lastIn: "export const COMMANDS: readonly Command[] = [" },
      `  {
    group: "actions",
    path: "/{{entities}}/new",
    label: "{{entitiesVar}}.create",
    needs: ["create", "{{Entity}}"],
  },
`,
    ),
    edit("e2e/access/matrix.ts", { behind: /^export type Thing =$/ }, `  | "{{entityVar}}"\n`),
    edit("e2e/access/matrix.ts", { lastIn: "export const ROUTES: Row[] = [" }, ROUTES),
    edit("e2e/access/matrix.ts", { lastIn: "export const PAGES: Row[] = [" }, PAGES),
    edit("e2e/access/matrix.ts", { lastIn: "export const ACTIONS: ActionRow[] = [" }, ACTIONS),
    edit(
      "e2e/access/world.ts",
      { lastIn: "  const things: Record<Thing, () => Promise<string>> = {" },
      THING,
    ),
    edit("scripts/touched.mjs", { behind: /^export const AREAS = \[$/ }, TOUCHED),
  ].filter(({ lines }) => lines !== "");
}
