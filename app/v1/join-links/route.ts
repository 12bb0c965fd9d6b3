import type { NewJoinLinkView } from "@/app/v1/replies/link-views";
import { userRefused } from "@/app/v1/replies/user-replies";
import { createJoinLink } from "@/lib/links/create-join-link";
import { listJoinLinks } from "@/lib/links/list-join-links";
import { endpoint } from "@/lib/platform/http/endpoint";
import { idempotent } from "@/lib/platform/http/idempotent";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const outcome = await listJoinLinks(actor, queryOf(request));
    if (outcome.kind !== "listed") return userRefused(outcome);
    return pageReply(request, outcome.joinLinks, outcome.nextCursor);
  }),
  POST: withActor(
    problem,
    idempotent(problem, async (actor, request) => {
      const json = await readJson(request, problem);
      if (json.kind !== "read") return json.reply;
      const outcome = await createJoinLink(actor, json.value);
      if (outcome.kind !== "created") return userRefused(outcome);
      const { joinLink, link } = outcome;
      return { status: 201, body: { joinLink, link } satisfies NewJoinLinkView };
    }),
  ),
});
