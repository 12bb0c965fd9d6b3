import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { AuthenticatedUser } from "@/lib/bootstrap/doors/authenticated-user";
import { BootstrapBody } from "@/lib/bootstrap/doors/bootstrap";
import { SetupBody } from "@/lib/bootstrap/doors/setup";
import { SignupBody, SignupSecret } from "@/lib/bootstrap/doors/signup";
import { describePath, type Family } from "../describe-path";
import { CODES, DOOR, SETUP_TOKEN, TOKEN_CODES } from "./every-door";
import { initialize } from "./initialize";

const SIGNUP: Family = { ...DOOR, errors: "SignupError" };

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
  ...initialize,
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
