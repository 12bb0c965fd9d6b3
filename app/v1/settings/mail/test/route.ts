import { getLocale } from "next-intl/server";
import { refused } from "@/app/v1/replies/refused";
import { toTestMailView } from "@/app/v1/replies/test-mail-view";
import { sendTestMail } from "@/lib/links/send-test-mail";
import { endpoint, retryAfter } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor) => {
    const outcome = await sendTestMail(actor, await getLocale());
    switch (outcome.kind) {
      case "forbidden":
        return refused("settings", outcome);
      case "rateLimited":
        return retryAfter(problem("RATE_LIMITED"), outcome.retryAfter);
      default:
        return { status: 200, body: toTestMailView(outcome) };
    }
  }),
});
