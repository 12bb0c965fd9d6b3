import { listEvents } from "@/lib/audit/list-events";
import { endpoint } from "@/lib/platform/endpoint";
import { pageLinks } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { refused } from "@/lib/users/user-replies";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listEvents(actor, Object.fromEntries(new URL(request.url).searchParams));
    switch (outcome.kind) {
      case "listed": {
        const { events: data, nextCursor } = outcome;
        return { status: 200, body: { data, nextCursor }, headers: pageLinks(request, nextCursor) };
      }
      case "forbidden":
        return refused(outcome);
      case "invalid":
        return problem(
          400,
          "VALIDATION_FAILED",
          `The query parameter ${outcome.field} is not valid.`,
        );
    }
  }),
});
