import { refused } from "@/app/v1/replies/refused";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { getStatistics } from "@/lib/statistics/get-statistics";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor) => {
    const outcome = await getStatistics(actor);
    return outcome.kind === "counted"
      ? { status: 200, body: outcome.statistics }
      : refused("user", outcome);
  }),
});
