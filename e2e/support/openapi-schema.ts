/**
 * What OpenAPI 3.1.1 asks of a document, as a JSON Schema: the objects of its section 4.8 that ours consists of,
 * with their fixed fields and nothing else. A schema inside is judged by the meta-schema of JSON Schema 2020-12.
 */
type Json = Record<string, unknown>;

const object = (properties: Json, required: string[] = [], more: Json = {}): Json => ({
  type: "object",
  properties,
  required,
  patternProperties: { "^x-": true },
  additionalProperties: false,
  ...more,
});
const ref = (name: string): Json => ({ $ref: `#/$defs/${name}` });
const mapOf = (value: Json, names = "^[a-zA-Z0-9._-]+$"): Json => ({
  type: "object",
  patternProperties: { [names]: value },
  additionalProperties: false,
});
const orReference = (value: Json): Json => ({
  if: { type: "object", required: ["$ref"] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: object({ $ref: { type: "string" }, summary: text, description: text }, ["$ref"]),
  else: value,
});
const text: Json = { type: "string" };
const flag: Json = { type: "boolean" };
const SCHEMA: Json = { $ref: "https://json-schema.org/draft/2020-12/schema" };
const EXAMPLES: Json = { example: true, examples: mapOf({ type: "object" }) };

export const OPENAPI_SCHEMA: Json = {
  $id: "openapi-3.1",
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...object(
    {
      openapi: { type: "string", pattern: "^3\\.1\\.\\d+$" },
      info: object({ title: text, summary: text, description: text, version: text }, [
        "title",
        "version",
      ]),
      jsonSchemaDialect: { type: "string", format: "uri" },
      servers: { type: "array", items: object({ url: text, description: text }, ["url"]) },
      paths: { ...mapOf(ref("pathItem"), "^/") },
      components: object({
        schemas: mapOf(SCHEMA),
        responses: mapOf(orReference(ref("response"))),
        parameters: mapOf(orReference(ref("parameter"))),
        examples: mapOf({ type: "object" }),
        requestBodies: mapOf(orReference(ref("requestBody"))),
        headers: mapOf(orReference(ref("header"))),
        securitySchemes: mapOf(orReference(ref("securityScheme"))),
      }),
      security: ref("security"),
      tags: {
        type: "array",
        items: object({ name: text, description: text, externalDocs: true }, ["name"]),
      },
      externalDocs: object({ url: text, description: text }, ["url"]),
    },
    ["openapi", "info", "paths"],
  ),
  $defs: {
    pathItem: object({
      summary: text,
      description: text,
      parameters: ref("parameters"),
      ...Object.fromEntries(
        ["get", "put", "post", "delete", "options", "head", "patch", "trace"].map((method) => [
          method,
          ref("operation"),
        ]),
      ),
    }),
    operation: object({
      tags: { type: "array", items: text },
      summary: text,
      description: text,
      externalDocs: true,
      operationId: text,
      parameters: ref("parameters"),
      requestBody: orReference(ref("requestBody")),
      responses: { ...mapOf(orReference(ref("response")), "^([1-5](\\d\\d|XX)|default)$") },
      deprecated: flag,
      security: ref("security"),
      servers: true,
    }),
    parameters: { type: "array", uniqueItems: true, items: orReference(ref("parameter")) },
    parameter: object(
      {
        name: text,
        in: { enum: ["query", "header", "path", "cookie"] },
        description: text,
        required: flag,
        deprecated: flag,
        allowEmptyValue: flag,
        style: text,
        explode: flag,
        allowReserved: flag,
        schema: SCHEMA,
        ...EXAMPLES,
        content: ref("content"),
      },
      ["name", "in"],
      {
        oneOf: [{ required: ["schema"] }, { required: ["content"] }],
        if: { properties: { in: { const: "path" } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { required: { const: true } }, required: ["required"] },
      },
    ),
    requestBody: object({ description: text, content: ref("content"), required: flag }, [
      "content",
    ]),
    content: mapOf(object({ schema: SCHEMA, ...EXAMPLES, encoding: true }), "^[^/]+/[^/]+$"),
    response: object(
      {
        description: text,
        headers: mapOf(orReference(ref("header"))),
        content: ref("content"),
        links: true,
      },
      ["description"],
    ),
    header: object({
      description: text,
      required: flag,
      deprecated: flag,
      schema: SCHEMA,
      ...EXAMPLES,
      content: ref("content"),
    }),
    securityScheme: {
      type: "object",
      required: ["type"],
      oneOf: [
        object(
          {
            type: { const: "apiKey" },
            description: text,
            name: text,
            in: { enum: ["query", "header", "cookie"] },
          },
          ["name", "in"],
        ),
        object({ type: { const: "http" }, description: text, scheme: text, bearerFormat: text }, [
          "scheme",
        ]),
      ],
    },
    security: { type: "array", items: mapOf({ type: "array", items: text }) },
  },
};
