import type { ZodOpenApiHeaderObject } from "zod-openapi";

/** Response headers, as components of the document. */
export const HEADERS = {
  "X-Request-Id": {
    description: "Names this request in the log and in the audit trail.",
    required: true,
    schema: { type: "string", format: "uuid" },
  },
  ETag: {
    description: "The version of what is answered, for `If-Match`.",
    required: true,
    schema: { type: "string", pattern: '^"\\d+"$', examples: ['"3"'] },
  },
  Location: {
    description: "Where to find it, relative to this server.",
    required: true,
    schema: { type: "string", pattern: "^(/|https?://)" },
  },
  Link: {
    description: "The first and the next page (RFC 8288), relative to this server.",
    required: true,
    schema: {
      type: "string",
      pattern: '^</[^>]*>; rel="first"(, </[^>]*>; rel="next")?$',
      examples: ['</v1/users?limit=50>; rel="first", </v1/users?limit=50&cursor=eyJ>; rel="next"'],
    },
  },
  "Idempotent-Replayed": {
    description:
      "`true` when this is the reply to an earlier request with the same Idempotency-Key.",
    schema: { const: "true" },
  },
  "Retry-After": {
    description: "Seconds to wait before the next attempt.",
    required: true,
    schema: { type: "string", pattern: "^[1-9]\\d*$" },
  },
  "WWW-Authenticate": {
    description: "How to authenticate (RFC 6750).",
    required: true,
    schema: { const: "Bearer" },
  },
  "X-Auth-User": { description: "The id of the user.", schema: { type: "string", format: "uuid" } },
  "X-Auth-Email": { description: "The user's e-mail address.", schema: { type: "string" } },
  "X-Auth-Role": { description: "The slug of the user's role.", schema: { type: "string" } },
  "Content-Disposition": {
    description: "The name to save the file under.",
    schema: { type: "string", pattern: "^attachment; filename=" },
  },
  "Set-Cookie": {
    description: "The cookie `refresh_token`: set, or removed.",
    required: true,
    schema: { type: "string", pattern: "^refresh_token=" },
  },
} satisfies Record<string, ZodOpenApiHeaderObject>;
