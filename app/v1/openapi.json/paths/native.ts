import type { ZodOpenApiPathItemObject } from "zod-openapi";
import { describePath, type Operation } from "../describe-path";

type Operations = Partial<Record<"get" | "post" | "put" | "patch" | "delete", Operation>>;

/** A path of the native API: problems, and only for callers with a token or a session. */
export function native(tag: string, operations: Operations): ZodOpenApiPathItemObject {
  return describePath({ tag, errors: "Problem", signedIn: true, database: true }, operations);
}
