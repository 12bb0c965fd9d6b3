import { refused } from "@/app/v1/replies/refused";
import { getHealth } from "@/lib/bootstrap/get-health";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { getRequestContext } from "@/lib/platform/request-context";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor) => {
    const outcome = await getHealth(actor, getRequestContext()?.visited ?? null);
    return outcome.kind === "found"
      ? { status: 200, body: outcome.health }
      : refused("settings", outcome);
  }),
});
