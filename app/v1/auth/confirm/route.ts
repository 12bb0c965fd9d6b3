import { z } from "zod";
import { userRefused } from "@/app/v1/replies/user-replies";
import { endpoint, retryAfter } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { confirmSession } from "@/lib/sessions/confirm-session";
import { challenge, withActor } from "@/lib/sessions/with-actor";

const Body = z.object({ password: z.unknown() });

/** Confirms the caller's session by the password, for what asks for that (CONFIRMATION_REQUIRED). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const outcome = await confirmSession(actor, Body.safeParse(json.value).data?.password);
    switch (outcome.kind) {
      case "confirmed":
        return { status: 204 };
      case "wrongPassword": {
        const sentence = "This is not the password of the account.";
        return challenge(problem("WRONG_PASSWORD", sentence, {}, 401));
      }
      case "rateLimited":
        return retryAfter(problem("RATE_LIMITED"), outcome.retryAfter);
      case "forbidden":
        return problem("FORBIDDEN", "Only a session can be confirmed, not an API token.");
      case "invalid":
        return userRefused(outcome);
    }
  }),
});
