import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { readJson } from "@/lib/platform/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { createUser } from "@/lib/users/create-user";
import { listUsers } from "@/lib/users/list-users";
import { forbidden, invalid, userReply } from "@/lib/users/user-replies";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listUsers(actor, Object.fromEntries(new URL(request.url).searchParams));
    switch (outcome.kind) {
      case "listed": {
        const { users: data, nextCursor, total } = outcome;
        return { status: 200, body: { data, nextCursor, total } };
      }
      case "forbidden":
        return forbidden();
      case "invalid":
        return invalid(outcome.issues);
    }
  }),
  POST: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const outcome = await createUser(actor, json.value);
    switch (outcome.kind) {
      case "created":
        return userReply(201, outcome.user, outcome.etag);
      case "forbidden":
        return forbidden();
      case "invalid":
        return invalid(outcome.issues);
    }
  }),
});
