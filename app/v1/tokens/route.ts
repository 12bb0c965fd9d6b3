import { endpoint } from "@/lib/platform/endpoint";
import { idempotent } from "@/lib/platform/idempotent";
import { pageReply, queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { readJson } from "@/lib/platform/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { createToken } from "@/lib/tokens/create-token";
import { listTokens } from "@/lib/tokens/list-tokens";
import { tokenRefused } from "@/lib/tokens/token-replies";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listTokens(actor, queryOf(request));
    if (outcome.kind !== "listed") return tokenRefused(outcome);
    return pageReply(request, outcome.tokens, outcome.nextCursor);
  }),
  /** Answers with `token`, the whole `<id>|<secret>`, this once. */
  POST: withActor(
    problem,
    idempotent(problem, async (actor, request) => {
      const json = await readJson(request, problem);
      if (json.kind !== "read") return json.reply;
      const outcome = await createToken(actor, json.value);
      if (outcome.kind !== "created") return tokenRefused(outcome);
      const { token, secret } = outcome;
      const headers = { Location: `/v1/tokens/${token.id}` };
      return { status: 201, body: { ...token, token: secret }, headers };
    }),
  ),
});
