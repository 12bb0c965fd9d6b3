import { userRefused, userReply } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { idempotent } from "@/lib/platform/http/idempotent";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { pageReply, queryOf } from "@/lib/platform/page";
import { tellOfUsers } from "@/lib/sessions/tell-of-users";
import { withActor } from "@/lib/sessions/with-actor";
import { createUser } from "@/lib/users/create-user";
import { listUsers } from "@/lib/users/list/list-users";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listUsers(actor, queryOf(request), tellOfUsers);
    if (outcome.kind !== "listed") return userRefused(outcome);
    const { users, nextCursor, total } = outcome;
    return pageReply(request, users, nextCursor, { total });
  }),
  POST: withActor(
    problem,
    idempotent(problem, async (actor, request) => {
      const json = await readJson(request, problem);
      if (json.kind !== "read") return json.reply;
      const outcome = await createUser(actor, json.value);
      return outcome.kind === "created"
        ? userReply(201, outcome.user, outcome.etag)
        : userRefused(outcome);
    }),
  ),
});
