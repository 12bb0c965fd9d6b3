import { userRefused } from "@/app/v1/replies/user-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";
import { findNeighbours } from "@/lib/users/list/find-neighbours";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  GET: withActor(problem, async (actor, request, { params }) => {
    const outcome = await findNeighbours(actor, (await params).id, queryOf(request));
    if (outcome.kind !== "found") return userRefused(outcome);
    const { previous, next } = outcome;
    return { status: 200, body: { previous, next } };
  }),
});
