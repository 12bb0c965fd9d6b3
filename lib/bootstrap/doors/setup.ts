import { z } from "zod";
import { messageAndCode } from "@/lib/platform/http/problem";
import { Email, Password, PersonName } from "@/lib/users/schema";
import { authenticatedUser } from "./authenticated-user";
import { type HttpDoor, openAnswers, validationFailed } from "./http-door";
import { readPerson } from "./read-person";

export const SetupBody = z.object({
  email: Email,
  password: Password,
  first_name: PersonName,
  last_name: PersonName,
});

/** Door 2: `POST /v1/auth/setup`, the versioned REST contract. */
export const setup: HttpDoor<"accessToken"> = {
  name: "setup",
  key: { kind: "setupToken" },
  grants: "accessToken",
  read: (body) =>
    readPerson(SetupBody, body, ({ email, first_name, last_name }) => ({
      email,
      name: `${first_name} ${last_name}`,
      firstName: first_name,
      lastName: last_name,
    })),
  shape: messageAndCode,
  answers: {
    ...openAnswers(messageAndCode),
    created: ({ admin, role, grant }) => ({
      status: 201,
      body: authenticatedUser(admin, role, grant),
    }),
    alreadySetUp: () => messageAndCode("ALREADY_SET_UP"),
    invalid: validationFailed,
  },
};
