import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { openApiDocument } from "@/app/v1/openapi.json/document";
import type { Answer } from "./http";
import { countValidatedAnswer } from "./validated-answers";

/** As far as the checks below look into it. */
type Described = {
  responses: Record<
    string,
    {
      headers?: Record<string, { $ref: string }>;
      content?: Record<string, { schema: unknown }>;
    }
  >;
};

const document = openApiDocument();
const paths = document.paths as unknown as Record<string, Record<string, Described>>;
const headers = document.components?.headers as unknown as Record<string, { required?: boolean }>;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
addFormats(ajv);
ajv.addSchema(document, "openapi");

/** The validator of the schema at this place of the document. */
function validator(...place: string[]) {
  const pointer = place.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
  const id = `openapi#/${encodeURI(pointer)}`;
  const validate = ajv.getSchema(id);
  if (!validate) throw new Error(`The document has no schema at ${id}`);
  return validate;
}

/** The described path that a request goes to; a literal one before one with a parameter. */
function describedPath(pathname: string): string | undefined {
  if (paths[pathname]) return pathname;
  return Object.keys(paths).find((template) =>
    new RegExp(`^${template.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(
      pathname,
    ),
  );
}

/** The methods a path is described with, as `Allow` lists them. */
export function describedMethods(template: string): string[] {
  const methods = Object.keys(paths[template] ?? {}).map((method) => method.toUpperCase());
  return methods.includes("GET") ? [...methods, "HEAD"] : methods;
}

/** All described paths. */
export const describedPaths = Object.keys(paths);

/**
 * Compares an answer with what the document says about its path, method and status: known at all, body,
 * media type and headers. A path that is not described is none of its business.
 *
 * @throws {Error} saying what differs
 */
export function validateAnswer(method: string, pathname: string, answer: Answer): void {
  const template = describedPath(pathname);
  if (template === undefined) return;
  const differs = (what: string): never => {
    const body = answer.text.slice(0, 1_000);
    throw new Error(`${method} ${pathname}: ${answer.status} ${what}\n${body}`);
  };
  countValidatedAnswer();

  const operation = method === "HEAD" ? "get" : method.toLowerCase();
  const described = paths[template]?.[operation];
  if (!described) {
    const allow = answer.headers.get("allow")?.split(", ").sort();
    const methods = describedMethods(template).sort();
    if (answer.status !== 405) differs("to a method that is not described");
    if (allow?.join() !== methods.join()) differs(`Allow: ${allow}, described: ${methods}`);
    return;
  }
  const response = described.responses[answer.status] ?? differs("is not described");
  for (const [name, { $ref }] of Object.entries(response.headers ?? {})) {
    const component = $ref.split("/").at(-1) ?? "";
    const value = answer.headers.get(name);
    if (value === null) {
      if (headers[component]?.required) differs(`has no ${name}`);
      continue;
    }
    const validate = validator("components", "headers", component, "schema");
    if (!validate(value)) differs(`${name}: ${value}: ${ajv.errorsText(validate.errors)}`);
  }
  if (response.content === undefined) {
    if (answer.text !== "") differs("has a body");
    return;
  }
  const type = (answer.headers.get("content-type") ?? "").split(";", 1)[0] ?? "";
  if (!response.content[type]) differs(`is ${type}, described: ${Object.keys(response.content)}`);
  if (method === "HEAD" || !type.endsWith("json")) return;
  const validate = validator(
    "paths",
    template,
    operation,
    "responses",
    String(answer.status),
    "content",
    type,
    "schema",
  );
  if (!validate(answer.json)) differs(ajv.errorsText(validate.errors));
}
