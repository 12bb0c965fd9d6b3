import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { readJson } from "@/lib/platform/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { updateUser } from "@/lib/users/update-user";
import { forbidden, invalid, lastAdmin, notFound, userReply } from "@/lib/users/user-replies";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await getUser(actor, (await params).id);
    switch (outcome.kind) {
      case "found":
        return userReply(200, outcome.user, outcome.etag);
      case "forbidden":
        return forbidden();
      case "notFound":
        return notFound();
    }
  }),
  PATCH: withActor(problem, async (actor, request, { params }) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const ifMatch = request.headers.get("if-match") ?? undefined;
    const outcome = await updateUser(actor, (await params).id, json.value, ifMatch);
    switch (outcome.kind) {
      case "updated":
        return userReply(200, outcome.user, outcome.etag);
      case "forbidden":
        return forbidden();
      case "notFound":
        return notFound();
      case "lastAdmin":
        return lastAdmin();
      case "stale":
        return problem(412, "STALE", "The user was changed since you read it. Read it again.");
      case "invalid":
        return invalid(outcome.issues);
    }
  }),
  DELETE: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await deleteUser(actor, (await params).id);
    switch (outcome.kind) {
      case "deleted":
        return { status: 204 };
      case "forbidden":
        return forbidden();
      case "notFound":
        return notFound();
      case "lastAdmin":
        return lastAdmin();
    }
  }),
});
