import { tokenRefused } from "@/app/v1/replies/token-replies";
import { endpoint } from "@/lib/platform/http/endpoint";
import { idempotent } from "@/lib/platform/http/idempotent";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";
import { createToken } from "@/lib/tokens/create-token";
import { listTokens } from "@/lib/tokens/list-tokens";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listTokens(actor, queryOf(request));
    if (outcome.kind !== "listed") return tokenRefused(outcome);
    return pageReply(request, outcome.tokens, outcome.nextCursor);
  }),
  /** Answers with `token`, the whole `lk_<id>_<secret>`, this once. */
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
