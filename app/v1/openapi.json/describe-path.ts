import { STATUS_CODES } from "node:http";
import { z } from "zod";
import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiResponseObject,
} from "zod-openapi";
import { CODES, type Code, type OtherStatus } from "@/lib/codes/codes";
import type { HEADERS } from "./headers";

/** How the families of routes say what is wrong; each is a component of the document. */
export const ERRORS = {
  Problem: z
    .looseObject({
      type: z.literal("about:blank"),
      title: z.string(),
      status: z.int(),
      code: z.string(),
      detail: z.string(),
      errors: z.record(z.string(), z.array(z.string())).optional(),
    })
    .meta({
      description: "Problem details (RFC 9457). Branch on `code`; `errors` has messages by field.",
      examples: [
        {
          type: "about:blank",
          title: "Conflict",
          status: 409,
          code: "EMAIL_TAKEN",
          detail: "This e-mail address is already taken.",
        },
      ],
    }),
  Error: z
    .object({
      message: z.string(),
      code: z.string(),
      errors: z.record(z.string(), z.array(z.string())).optional(),
    })
    .meta({ description: "What is wrong, as the published `auth` contracts say it." }),
  InitializeError: z
    .object({ message: z.string(), status: z.literal("error"), code: z.string().optional() })
    .meta({ description: "As published by `initialize`; its published bodies have no `code`." }),
  SignupError: z
    .object({
      statusCode: z.int(),
      error: z.string(),
      message: z.string(),
      code: z.string(),
      errors: z.record(z.string(), z.array(z.string())).optional(),
    })
    .meta({ description: "As published by `signup`: `error` is the HTTP status text." }),
} as const;

/** What holds for all routes of a family. */
export type Family = {
  tag: string;
  errors: keyof typeof ERRORS;
  /** Only for callers with a token or a session. */
  signedIn: boolean;
  /** 503 when the database is away. */
  database: boolean;
};

/** A successful answer. Without `schema` it has no body. */
export type Answer = {
  description: string;
  schema?: z.ZodType;
  /** Default: application/json. */
  type?: string | string[];
  example?: unknown;
  headers?: (keyof typeof HEADERS)[];
};

export type Operation = {
  /** Unique in the document: the name of a function in a generated client. */
  id: string;
  summary: string;
  description?: string;
  path?: z.ZodObject;
  query?: z.ZodObject;
  /** The body, JSON unless `bodyType` says otherwise. */
  body?: z.ZodType;
  bodyType?: string;
  example?: unknown;
  /** Takes If-Match. */
  ifMatch?: boolean;
  /** Takes Idempotency-Key. */
  idempotent?: boolean;
  answers: { readonly [status: number]: Answer };
  /** What can go wrong beyond what goes wrong in every such operation. */
  codes?: readonly Code[];
  /** The same where a code comes with its other status. */
  codesAt?: { readonly [Status in OtherStatus]?: Code[] };
  /** What authenticates, where it differs from the family. */
  security?: ZodOpenApiOperationObject["security"];
  /** Answers that are not of the family's shape; each replaces the one made from `codes`. */
  published?: Record<string, ZodOpenApiResponseObject>;
};

type Method = "get" | "post" | "put" | "patch" | "delete";

/** What can go wrong with an Idempotency-Key. */
const IDEMPOTENT: Code[] = [
  "IDEMPOTENCY_KEY_INVALID",
  "IDEMPOTENCY_KEY_IN_PROGRESS",
  "IDEMPOTENCY_REPLY_LOST",
  "BODY_TOO_LARGE",
  "IDEMPOTENCY_KEY_REUSED",
];

const SIGNED_IN = [{ bearer: [] }, { session: [] }];

/** The operations of one path of a family, with everything that goes without saying said. */
export function describePath(
  family: Family,
  operations: Partial<Record<Method, Operation>>,
): ZodOpenApiPathItemObject {
  return Object.fromEntries(
    Object.entries(operations).map(([method, operation]) => [
      method,
      describeOperation(family, method as Method, operation),
    ]),
  );
}

function describeOperation(
  family: Family,
  method: Method,
  operation: Operation,
): ZodOpenApiOperationObject {
  const { id, summary, description, path, query, body, example, answers } = operation;
  const header = headerParameters(operation);
  const described: ZodOpenApiOperationObject = {
    operationId: id,
    tags: [family.tag],
    summary,
    security: operation.security ?? (family.signedIn ? SIGNED_IN : []),
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    responses: withRequestId({
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, success(answer)]),
      ),
      ...refusals(family, codesOf(family, method, operation)),
      ...operation.published,
    }),
  };
  if (description) described.description = description;
  if (body) {
    const content = { schema: body, ...(example !== undefined && { example }) };
    const type = operation.bodyType ?? "application/json";
    described.requestBody = { required: true, content: { [type]: content } };
  }
  return described;
}

function headerParameters({ ifMatch, idempotent }: Operation): z.ZodObject | null {
  if (!ifMatch && !idempotent) return null;
  return z.object({
    ...(ifMatch && {
      "If-Match": z.string().optional().meta({
        description: "The ETag that was read: 412 when it is not the current one any more.",
      }),
    }),
    ...(idempotent && {
      "Idempotency-Key": z
        .string()
        .regex(/^[\x20-\x7e]{8,128}$/)
        .optional()
        .meta({ description: "Makes the request safe to send again, for 24 hours." }),
    }),
  });
}

/** The codes of each status. */
type Codes = { [status: number]: Code[] };

/** Every code an operation can answer with, by status. */
function codesOf(family: Family, method: Method, operation: Operation): Codes {
  const { body, idempotent, codes = [], codesAt = {} } = operation;
  const all: Code[] = [
    ...codes,
    ...(family.signedIn ? (["UNAUTHENTICATED", "SECOND_FACTOR_SETUP_REQUIRED"] as const) : []),
    ...(method !== "get" || family.signedIn ? (["CROSS_SITE"] as const) : []),
    ...(body && !operation.bodyType ? (["MALFORMED_JSON"] as const) : []),
    ...(body ? (["BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const) : []),
    ...(idempotent ? IDEMPOTENT : []),
    ...(family.database ? (["DATABASE_UNAVAILABLE"] as const) : []),
  ];
  const byStatus: Codes = { ...codesAt };
  for (const code of new Set(all)) {
    const { status } = CODES[code];
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return byStatus;
}

function success({ description, schema, type, example, headers = [] }: Answer) {
  const response: ZodOpenApiResponseObject = { description };
  if (headers.length > 0) response.headers = headerRefs(headers);
  if (schema) {
    const content = { schema, ...(example !== undefined && { example }) };
    const types = [type ?? "application/json"].flat();
    response.content = Object.fromEntries(types.map((one) => [one, content]));
  }
  return response;
}

function refusals(family: Family, codes: Codes): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    Object.entries(codes).map(([status, list]) => [
      status,
      {
        description: [STATUS_CODES[status], ...list.map(meaning)].join("\n\n"),
        headers: headerRefs(headersOf(Number(status), family)),
        content: {
          [family.errors === "Problem" ? "application/problem+json" : "application/json"]: {
            schema: errorSchema(family, list),
          },
        },
      },
    ]),
  );
}

const meaning = (code: Code) => `\`${code}\`: ${CODES[code].means}`;

/** The family's error with one of these codes. */
export function errorSchema({ errors }: Pick<Family, "errors">, codes: readonly Code[]) {
  return {
    allOf: [
      { $ref: `#/components/schemas/${errors}` },
      { properties: { code: { enum: [...codes] } } },
    ],
  };
}

/** Every response names its request. */
function withRequestId(responses: Record<string, ZodOpenApiResponseObject>) {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const headers = { ...headerRefs(["X-Request-Id"]), ...response.headers };
      return [status, { ...response, headers }];
    }),
  );
}

function headersOf(status: number, family: Family): (keyof typeof HEADERS)[] {
  if (status === 401 && family.signedIn) return ["WWW-Authenticate"];
  return status === 429 || status === 503 ? ["Retry-After"] : [];
}

function headerRefs(names: readonly (keyof typeof HEADERS)[]) {
  return Object.fromEntries(
    names.map((name) => [name, { $ref: `#/components/headers/${name}` } as const]),
  );
}

/** A file for a spreadsheet. */
export const csv = (description: string): Answer => ({
  description,
  schema: z.string(),
  type: "text/csv",
  headers: ["Content-Disposition"],
});

/** One page of a list. */
export function pageOf<T extends z.ZodType>(view: T) {
  return z.object({
    data: z.array(view),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: "Send it as `cursor` for the next page; null on the last." }),
  });
}

/** A whole list. */
export function listOf<T extends z.ZodType>(view: T) {
  return z.object({ data: z.array(view) });
}

/** The path parameter `id` of something that is named by a UUID. */
export function idOf(what: string) {
  return z.object({
    id: z.string().meta({ format: "uuid", description: `The id of the ${what}.` }),
  });
}
