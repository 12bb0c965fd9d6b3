import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { InitializeBody } from "@/lib/bootstrap/doors/initialize/initialize";
import { CreateUser } from "@/lib/users/create-user";
import { Password, PersonName } from "@/lib/users/schema";
import { describePath, errorSchema, type Family } from "../describe-path";
import { CODES, DOOR, SETUP_TOKEN, TOKEN_CODES } from "./every-door";

const INITIALIZE: Family = { ...DOOR, errors: "InitializeError", database: false };
const MEMBERS: Family = { tag: "Users", errors: "Error", signedIn: true, database: true };

/** What Laravel's validator says: the first message, how many more there are, and all by field. */
const LaravelErrors = z
  .object({ message: z.string(), errors: z.record(z.string(), z.array(z.string())) })
  .meta({ id: "LaravelErrors" });

const Initialized = z.object({
  message: z.literal("Sistema inicializado exitosamente"),
  user: z.object({
    id: z.int().positive(),
    name: z.string(),
    email: z.string(),
    role: z.literal("Super Administrador"),
  }),
  access_token: z.string().regex(/^\d+\|[\w-]{40,}$/),
  token_type: z.literal("Bearer"),
});

const CreatedUser = z.object({
  message: z.literal("Usuario creado exitosamente"),
  user: z.object({
    id: z.int().positive(),
    name: z.string().nullable(),
    email: z.string(),
    role: z.string(),
  }),
});

/** Door 3 (docs/contracts/initialize.md). */
export const initialize: ZodOpenApiPathsObject = {
  "/api/auth/initialize": describePath(INITIALIZE, {
    post: {
      id: "initialize",
      summary: "initialize: create the first administrator",
      description:
        "Password: 8 characters or more, with letters, mixed case and a number. The API token in the answer has every permission and is shown once.",
      security: SETUP_TOKEN,
      body: InitializeBody,
      example: { name: "Ana", email: "admin@example.com", password: "SecurePass123" },
      answers: { 200: { description: "Created", schema: Initialized } },
      codes: ["SETUP_TOKEN_INVALID", ...CODES, ...TOKEN_CODES],
      published: {
        "422": {
          description: "Some fields are not valid; or `IDEMPOTENCY_KEY_REUSED`.",
          content: {
            "application/json": {
              schema: {
                anyOf: [
                  { $ref: "#/components/schemas/LaravelErrors" },
                  errorSchema(INITIALIZE, ["IDEMPOTENCY_KEY_REUSED"]),
                ],
              },
            },
          },
        },
        "500": {
          description: "The database is away, or the server is busy.",
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/InitializeError" },
              example: {
                message: "Error al inicializar sistema: Database connection failed",
                status: "error",
              },
            },
          },
        },
      },
    },
  }),
};

/** What its contract has the super administrator do afterwards. */
export const createUserPublished: ZodOpenApiPathsObject = {
  "/api/v1/auth/create-user": describePath(MEMBERS, {
    post: {
      id: "createUserPublished",
      summary: "Create a user (as the initialize contract has it)",
      body: CreateUser.extend({ name: PersonName, password: Password }),
      example: { name: "Ana", email: "ana@example.com", password: "SecurePass123" },
      answers: { 201: { description: "Created", schema: CreatedUser } },
      codes: ["FORBIDDEN", "CONFIRMATION_REQUIRED", "OVERLOADED"],
      published: {
        "422": {
          description: "Some fields are not valid.",
          content: { "application/json": { schema: LaravelErrors } },
        },
      },
    },
  }),
};
