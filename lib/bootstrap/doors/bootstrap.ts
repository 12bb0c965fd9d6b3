import { z } from "zod";
import { env } from "@/lib/platform/env";
import { messageAndCode } from "@/lib/platform/http/problem";
import { Email, OptionalPersonName, Password } from "@/lib/users/schema";
import { claimSettings } from "../claim-settings";
import { type HttpDoor, openAnswers, validationFailed } from "./http-door";
import { readPerson } from "./read-person";

export const BootstrapBody = z.object({
  email: Email,
  password: Password,
  name: OptionalPersonName,
});

/** Door 1: `POST /api/auth/bootstrap`, open outside production or with ALLOW_BOOTSTRAP=true. */
export const bootstrap: HttpDoor<"none"> = {
  name: "bootstrap",
  key: { kind: "setupToken" },
  isShut: () => env().production && !claimSettings().bootstrapAllowed,
  grants: "none",
  read: (body) => readPerson(BootstrapBody, body, ({ email, name }) => ({ email, name })),
  shape: messageAndCode,
  answers: {
    ...openAnswers(messageAndCode),
    created: () => ({ status: 201, body: { message: "Admin user created successfully" } }),
    alreadySetUp: () => messageAndCode("ADMIN_EXISTS"),
    doorShut: () => messageAndCode("BOOTSTRAP_DISABLED"),
    invalid: validationFailed,
  },
};
