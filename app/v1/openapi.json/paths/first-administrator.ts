import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { AuthenticatedUser } from "@/lib/bootstrap/doors/authenticated-user";
import { BootstrapBody } from "@/lib/bootstrap/doors/bootstrap";
import { InitializeBody } from "@/lib/bootstrap/doors/initialize/initialize";
import { SetupBody } from "@/lib/bootstrap/doors/setup";
import { SignupBody, SignupSecret } from "@/lib/bootstrap/doors/signup";
import type { Code } from "@/lib/codes/codes";
import { describePath, errorSchema, type Family } from "../describe-path";

const DOOR: Family = {
  tag: "First administrator",
  errors: "Error",
  signedIn: false,
  database: true,
};
const INITIALIZE: Family = { ...DOOR, errors: "InitializeError", database: false };
const SIGNUP: Family = { ...DOOR, errors: "SignupError" };

/** At the server's own keyboard nothing is needed; from elsewhere the setup token is. */
const SETUP_TOKEN = [{ setupToken: [] }, {}];

/** What goes wrong at every door. A door replays the success itself, so a key is never in progress. */
const CODES: Code[] = ["IDEMPOTENCY_KEY_INVALID", "IDEMPOTENCY_KEY_REUSED", "RATE_LIMITED"];
const TOKEN_CODES: Code[] = ["SETUP_TOKEN_REQUIRED"];

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

const SignedUp = z.object({
  message: z.literal("Admin user created successfully"),
  admin: z.object({
    id: z.guid(),
    email: z.string(),
    name: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    lastLoginAt: z.null(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
});

export const firstAdministrator: ZodOpenApiPathsObject = {
  "/v1/auth/status": describePath(DOOR, {
    get: {
      id: "needsSetup",
      summary: "Whether the installation needs its first administrator",
      answers: {
        200: {
          description: "Known for certain; 503 when it is not",
          schema: z.object({ needsSetup: z.boolean() }),
        },
      },
    },
  }),
  "/api/auth/bootstrap": describePath(DOOR, {
    post: {
      id: "bootstrap",
      summary: "bootstrap: create the first administrator",
      description: "In production only with ALLOW_BOOTSTRAP=true.",
      security: SETUP_TOKEN,
      body: BootstrapBody,
      example: { email: "admin@example.com", password: "StrongPassword123!", name: "Admin" },
      answers: {
        201: {
          description: "Created",
          schema: z.object({ message: z.literal("Admin user created successfully") }),
        },
      },
      codes: [
        "VALIDATION_FAILED",
        "BOOTSTRAP_DISABLED",
        "SETUP_TOKEN_INVALID",
        "ADMIN_EXISTS",
        "OVERLOADED",
        ...CODES,
        ...TOKEN_CODES,
      ],
    },
  }),
  "/v1/auth/setup": describePath(DOOR, {
    post: {
      id: "setup",
      summary: "setup: create the first administrator",
      security: SETUP_TOKEN,
      body: SetupBody,
      example: {
        email: "admin@example.com",
        password: "securepassword123",
        first_name: "Ada",
        last_name: "Owner",
      },
      answers: { 201: { description: "Created and signed in", schema: AuthenticatedUser } },
      codes: [
        "VALIDATION_FAILED",
        "ALREADY_SET_UP",
        "SETUP_TOKEN_INVALID",
        "OVERLOADED",
        ...CODES,
        ...TOKEN_CODES,
      ],
    },
  }),
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
  "/auth/admin/signup": describePath(SIGNUP, {
    post: {
      id: "signup",
      summary: "signup: create an administrator with the operator's secret",
      description:
        "Before and after the claim, while ADMIN_SIGNUP_SECRET is set. Password: 8 characters or more, with upper and lower case, a number and a special character.",
      body: SignupBody.extend(SignupSecret.shape),
      example: {
        email: "admin@example.com",
        password: "SecurePassword123!",
        secretKey: "the value of ADMIN_SIGNUP_SECRET",
        name: "Admin",
        metadata: { department: "IT" },
      },
      answers: { 201: { description: "Created", schema: SignedUp } },
      codes: [
        "VALIDATION_FAILED",
        "INVALID_SECRET_KEY",
        "ADMIN_USER_EXISTS",
        "OVERLOADED",
        ...CODES,
      ],
    },
  }),
};
