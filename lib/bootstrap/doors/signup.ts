import { z } from "zod";
import { statusAndError } from "@/lib/platform/http/problem";
import { equalInConstantTime } from "@/lib/platform/secrets/digest";
import { settings } from "@/lib/settings/settings";
import { describeIssues } from "@/lib/users/describe-issue";
import { missingClasses } from "@/lib/users/judge-password";
import { Email, Metadata, OptionalPersonName, Password, type Rule } from "@/lib/users/schema";
import { claimSettings } from "../claim-settings";
import { type HttpDoor, openAnswers } from "./http-door";
import { readPerson } from "./read-person";

export const SignupBody = z.object({
  email: Email,
  password: Password,
  name: OptionalPersonName,
  metadata: Metadata.optional(),
});

const CLASSES = [
  "passwordNeedsMixedCase",
  "passwordNeedsNumber",
  "passwordNeedsSymbol",
] as const satisfies Rule[];

/** What opens the door, beside SignupBody. */
export const SignupSecret = z.object({ secretKey: z.string() });

/** Whether the body carries the configured secret; compared in constant time, false while none is set. */
function fitsSecret(body: unknown): boolean {
  const sent = SignupSecret.safeParse(body);
  const secret = claimSettings().adminSignupSecret;
  const equal = equalInConstantTime(sent.success ? sent.data.secretKey : "", secret ?? "");
  return sent.success && secret !== undefined && equal;
}

/** Door 4: `POST /auth/admin/signup`, gated by ADMIN_SIGNUP_SECRET, before and after the claim. */
export const signup: HttpDoor<"none"> = {
  name: "signup",
  key: { kind: "secret", fits: fitsSecret },
  isShut: () => claimSettings().adminSignupSecret === undefined,
  alsoAfterwards: true,
  grants: "none",
  read: (body) =>
    readPerson(
      SignupBody,
      body,
      ({ email, name, metadata }) => ({ email, name, metadata: metadata ?? {} }),
      (password) => missingClasses(password, CLASSES),
    ),
  shape: statusAndError,
  answers: {
    ...openAnswers(statusAndError),
    created: ({ admin }) => ({
      status: 201,
      body: {
        message: "Admin user created successfully",
        admin: {
          id: admin.id,
          email: admin.email,
          name: admin.name,
          metadata: admin.metadata,
          lastLoginAt: null,
          createdAt: admin.createdAt,
          updatedAt: admin.updatedAt,
        },
      },
    }),
    alreadySetUp: () => statusAndError("ADMIN_USER_EXISTS"),
    emailTaken: () =>
      statusAndError("ADMIN_USER_EXISTS", "An admin user with this e-mail already exists."),
    doorShut: () => statusAndError("INVALID_SECRET_KEY"),
    invalid: ({ issues }) => {
      const errors = describeIssues(issues, settings().passwordMinLength);
      const [first = ["Invalid"]] = Object.values(errors);
      return statusAndError("VALIDATION_FAILED", first[0], { errors });
    },
  },
};
