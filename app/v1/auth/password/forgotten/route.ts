import { getLocale } from "next-intl/server";
import { z } from "zod";
import { forgottenPassword } from "@/lib/links/forgotten-password";
import { endpoint, retryAfter } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";

const Body = z.object({ email: z.string().max(1_000) });

/** Mails a link to whoever has forgotten their password: `{ email }`. One answer for every address. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: async (request) => {
    const json = await readJson(request, problem);
    if (json.kind !== "read") return json.reply;
    const sent = Body.safeParse(json.value);
    if (!sent.success) {
      const errors = { email: ["This field is required."] };
      return problem("VALIDATION_FAILED", undefined, { errors });
    }
    const outcome = await forgottenPassword(sent.data.email, await getLocale());
    switch (outcome.kind) {
      case "asked":
        return { status: 202 };
      case "mailOff":
        return problem("MAIL_OFF");
      case "rateLimited":
        return retryAfter(problem("RATE_LIMITED"), outcome.retryAfter);
    }
  },
});
