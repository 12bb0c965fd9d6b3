import { getLocale } from "next-intl/server";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { linkRefused, type NewInvitationView } from "@/lib/users/link-replies";
import { resendInvitation } from "@/lib/users/resend-invitation";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await resendInvitation(actor, (await params).id, await getLocale());
    if (outcome.kind !== "resent") return linkRefused(outcome);
    const { invitation, link, mail } = outcome;
    return { status: 200, body: { invitation, link, mail } satisfies NewInvitationView };
  }),
});
