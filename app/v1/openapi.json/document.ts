import { z } from "zod";
import { type CreateDocumentOptions, createDocument, type oas31 } from "zod-openapi";
import { KEPT, PRODUCT } from "@/product";
import { ERRORS } from "./describe-path";
import { HEADERS } from "./headers";
import { account } from "./paths/account";
import { audit } from "./paths/audit";
import { firstAdministrator } from "./paths/first-administrator";
import { invitations } from "./paths/invitations";
import { jobs } from "./paths/jobs";
import { roles } from "./paths/roles";
import { server } from "./paths/server";
import { settings } from "./paths/settings";
import { signInPaths } from "./paths/sign-in";
import { statistics } from "./paths/statistics";
import { tokens } from "./paths/tokens";
import { users } from "./paths/users";
import { views } from "./paths/views";

const DESCRIPTION = `
The API of this installation. Every page of the app does what it does through the same operations.

**Who calls.** Send \`Authorization: Bearer\` with an access token (from signing in, 15 minutes) or an API token;
or use the session cookie of the browser, which for changes is accepted from our own pages only.

**Confirming.** What makes, takes or opens the account of an administrator, makes an API token, or changes one's own
address asks for a session whose password was typed within the last 15 minutes: else it answers 403
\`CONFIRMATION_REQUIRED\`. Call \`POST /v1/auth/confirm\` and repeat it. API tokens need not confirm, and so cannot
change their owner's address.

**When something is wrong.** The native API answers with problem details (RFC 9457); the routes of published
contracts answer as published. Either way \`code\` is what to branch on. 429 and 503 say in \`Retry-After\` how many
seconds to wait.

**Lists** come in pages. Follow \`Link: …; rel="next"\`, or send \`nextCursor\` back as \`cursor\`.

**Editing.** A user has an \`ETag\`. Send it back in \`If-Match\` and a change that would overwrite somebody else's is
refused with 412.

**Sending again.** With an \`Idempotency-Key\` a creation has one effect however often it is sent. The reply to the
first is given again for 24 hours, to the same caller, for the same body.

JSON is in UTF-8, times are ISO 8601 in UTC, unknown fields in a body are ignored. Every route answers HEAD where it
answers GET, and 405 with \`Allow\` to any other method.`;

/** Leaves out what zod says at length, and puts right what it cannot know of a parser. */
const plainer: NonNullable<CreateDocumentOptions["override"]> = ({ jsonSchema, zodSchema, io }) => {
  const { def } = zodSchema._zod;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.format === "uuid" || jsonSchema.format === "date-time") delete jsonSchema.pattern;
  if (def.type === "record") delete jsonSchema.propertyNames;
  // A field may be left out of a request if its schema takes nothing for an answer.
  if (io === "input" && def.type === "object" && jsonSchema.required) {
    const { shape } = def as z.core.$ZodObjectDef;
    jsonSchema.required = jsonSchema.required.filter(
      (field) => !z.safeParse(shape[field] ?? z.never(), undefined).success,
    );
    if (jsonSchema.required.length === 0) delete jsonSchema.required;
  }
};

/** The OpenAPI 3.1 description of every API route, made from the schemas that the operations parse and answer with. */
export function openApiDocument(): oas31.OpenAPIObject {
  return createDocument(
    {
      openapi: "3.1.1",
      info: { title: PRODUCT.name, version: "1", description: DESCRIPTION.trim() },
      servers: [{ url: "/", description: "This installation" }],
      tags: [
        { name: "Users", description: "The people of this installation." },
        { name: "Views", description: "Named searches, filters and orders of the list of users." },
        { name: "Roles", description: "What their holders may do." },
        { name: "Invitations", description: "Links by which people join." },
        { name: "Tokens", description: "Bearer tokens for programs." },
        { name: "Jobs", description: "Many users at once: bulk actions, import, export." },
        { name: "Account", description: "The caller." },
        { name: "Sessions", description: "A sign-in on a device." },
        { name: "Audit", description: "Who did what to whom, when, from where." },
        { name: "Statistics", description: "How many there are, and what happened by day." },
        {
          name: "Settings",
          description: "How the installation is set up, where its environment fixes nothing.",
        },
        { name: "Sign in", description: "Published contracts." },
        {
          name: "First administrator",
          description: "Four published contracts for one thing that happens once.",
        },
        { name: "Server", description: "The process itself." },
      ],
      paths: {
        ...users,
        ...views,
        ...account,
        ...roles,
        ...invitations,
        ...tokens,
        ...jobs,
        ...audit,
        ...statistics,
        ...settings,
        ...signInPaths,
        ...firstAdministrator,
        ...server,
      },
      components: {
        schemas: ERRORS,
        headers: HEADERS,
        securitySchemes: {
          bearer: {
            type: "http",
            scheme: "bearer",
            description: `An access token (JWT) or an API token (\`${KEPT.apiTokenPrefix}_<id>_<secret>\`).`,
          },
          session: {
            type: "apiKey",
            in: "cookie",
            name: KEPT.sessionCookie,
            description: `Set by signing in at /login; \`__Host-${KEPT.sessionCookie}\` over https. A port in \`BASE_URL\` is added to the name: \`${KEPT.sessionCookie}.3000\`.`,
          },
          refreshToken: {
            type: "apiKey",
            in: "cookie",
            name: "refresh_token",
            description: "Set by `/api/auth/login`; sent to `/api/auth` only.",
          },
          setupToken: {
            type: "apiKey",
            in: "header",
            name: "X-Setup-Token",
            description: "The key to an installation without an administrator, from its log.",
          },
        },
      },
    },
    { override: plainer },
  );
}
