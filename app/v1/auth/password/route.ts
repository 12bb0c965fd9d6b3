import { z } from "zod";
import { userRefused } from "@/app/v1/replies/user-replies";
import { endpoint, retryAfter } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { changePassword } from "@/lib/sessions/change-password";
import { withActor } from "@/lib/sessions/with-actor";

const Body = z.object({ current: z.unknown(), next: z.unknown() });

/** Changes the caller's own password: `{ current, next }`. Every session ends with it. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  PUT: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const { current, next } = Body.safeParse(json.value).data ?? {};
    const outcome = await changePassword(actor, { current, next });
    switch (outcome.kind) {
      case "changed":
        return { status: 204 };
      case "wrongPassword":
        return problem("WRONG_PASSWORD");
      case "rateLimited":
        return retryAfter(problem("RATE_LIMITED"), outcome.retryAfter);
      case "forbidden":
      case "invalid":
        return userRefused(outcome);
    }
  }),
});
