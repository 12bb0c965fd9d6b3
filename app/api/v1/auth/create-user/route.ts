import { INITIALIZE_CLASSES } from "@/lib/bootstrap/doors/initialize/initialize";
import { laravelErrors } from "@/lib/bootstrap/doors/initialize/laravel-errors";
import { endpoint } from "@/lib/platform/http/endpoint";
import { messageAndCode } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { createUser } from "@/lib/users/create-user";
import { missingClasses } from "@/lib/users/judge-password";

/** The super administrator creates further users (docs/contracts/initialize.md#further-users). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(messageAndCode, {
  POST: withActor(messageAndCode, async (actor, request) => {
    const json = await readJson(request, messageAndCode);
    if (json.kind !== "read") return json.reply;
    const outcome = await createUser(actor, json.value, {
      required: ["name", "password"],
      passwordRules: (password) => missingClasses(password, INITIALIZE_CLASSES),
    });
    switch (outcome.kind) {
      case "created": {
        const { number: id, name, email, role } = outcome.user;
        return {
          status: 201,
          body: {
            message: "Usuario creado exitosamente",
            user: { id, name, email, role: role.name },
          },
        };
      }
      case "forbidden":
        return messageAndCode("FORBIDDEN", "This action is unauthorized.");
      case "unconfirmed":
        return messageAndCode("CONFIRMATION_REQUIRED");
      case "invalid":
        return { status: 422, body: laravelErrors(outcome.issues) };
    }
  }),
});
