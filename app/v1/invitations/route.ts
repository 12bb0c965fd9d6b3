import { getLocale } from "next-intl/server";
import { endpoint } from "@/lib/platform/endpoint";
import { idempotent } from "@/lib/platform/idempotent";
import { pageReply, queryOf } from "@/lib/platform/page";
import { problem } from "@/lib/platform/problem";
import { readJson } from "@/lib/platform/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { inviteUser } from "@/lib/users/invite-user";
import type { NewInvitationView } from "@/lib/users/link-replies";
import { listInvitations } from "@/lib/users/list-invitations";
import { refused } from "@/lib/users/user-replies";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: withActor(problem, async (actor, request) => {
    const query = queryOf(request);
    const outcome = await listInvitations(actor, query);
    if (outcome.kind !== "listed") return refused(outcome);
    return pageReply(request, outcome.invitations, outcome.nextCursor);
  }),
  POST: withActor(
    problem,
    idempotent(problem, async (actor, request) => {
      const json = await readJson(request, problem);
      if (json.kind !== "read") return json.reply;
      const outcome = await inviteUser(actor, json.value, await getLocale());
      if (outcome.kind !== "invited") return refused(outcome);
      const { user, invitation, link, mail } = outcome;
      return {
        status: 201,
        body: { invitation, link, mail } satisfies NewInvitationView,
        headers: { Location: `/v1/users/${user.id}` },
      };
    }),
  ),
});
