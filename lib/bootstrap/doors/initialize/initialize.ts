import { z } from "zod";
import { errorShape } from "@/lib/platform/http/problem";
import { missingClasses } from "@/lib/users/judge-password";
import { Email, Password, PersonName, type Rule } from "@/lib/users/schema";
import { type HttpDoor, openAnswers } from "../http-door";
import { readPerson } from "../read-person";
import { laravelErrors } from "./laravel-errors";

export const InitializeBody = z.object({ name: PersonName, email: Email, password: Password });

/** What the published contract asks of a password, in its order. */
export const INITIALIZE_CLASSES = [
  "passwordNeedsMixedCase",
  "passwordNeedsLetter",
  "passwordNeedsNumber",
] as const satisfies Rule[];

/** `{ message, status: "error", code }`: the published error body with our code. */
const shape = errorShape((_status, code, message) => ({ message, status: "error", code }));

const initializationFailed = (reason: string) => ({
  status: 500,
  body: { message: `Error al inicializar sistema: ${reason}`, status: "error" },
});

/** Door 3: `POST /api/auth/initialize`, Laravel style. Its published bodies carry no code of ours. */
export const initialize: HttpDoor<"apiToken"> = {
  name: "initialize",
  key: { kind: "setupToken" },
  grants: "apiToken",
  read: (body) =>
    readPerson(
      InitializeBody,
      body,
      ({ email, name }) => ({ email, name }),
      (password) => missingClasses(password, INITIALIZE_CLASSES),
    ),
  shape,
  answers: {
    ...openAnswers(shape),
    created: ({ admin, grant }) => ({
      status: 200,
      body: {
        message: "Sistema inicializado exitosamente",
        user: {
          id: admin.number,
          name: admin.name,
          email: admin.email,
          role: "Super Administrador",
        },
        access_token: grant,
        token_type: "Bearer",
      },
    }),
    alreadySetUp: () => ({
      status: 400,
      body: { message: "Sistema ya inicializado", status: "error" },
    }),
    invalid: ({ issues }) => ({ status: 422, body: laravelErrors(issues) }),
    unavailable: () => initializationFailed("Database connection failed"),
    overloaded: () => initializationFailed("Server busy"),
  },
};
