import { getLocale } from "next-intl/server";
import type { NewInvitationView } from "@/app/v1/replies/link-views";
import { userRefused } from "@/app/v1/replies/user-replies";
import { inviteUser } from "@/lib/links/invite-user";
import { listInvitations } from "@/lib/links/list-invitations";
import { endpoint } from "@/lib/platform/http/endpoint";
import { idempotent } from "@/lib/platform/http/idempotent";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { pageReply, queryOf } from "@/lib/platform/page";
import { withActor } from "@/lib/sessions/with-actor";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const query = queryOf(request);
    const outcome = await listInvitations(actor, query);
    if (outcome.kind !== "listed") return userRefused(outcome);
    return pageReply(request, outcome.invitations, outcome.nextCursor);
  }),
  POST: withActor(
    problem,
    idempotent(problem, async (actor, request) => {
      const json = await readJson(request, problem);
      if (json.kind !== "read") return json.reply;
      const outcome = await inviteUser(actor, json.value, await getLocale());
      if (outcome.kind !== "invited") return userRefused(outcome);
      const { user, invitation, link, mail } = outcome;
      return {
        status: 201,
        body: { invitation, link, mail } satisfies NewInvitationView,
        headers: { Location: `/v1/users/${user.id}` },
      };
    }),
  ),
});
