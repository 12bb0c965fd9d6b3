import { getLocale } from "next-intl/server";
import type { NewInvitationView } from "@/app/v1/replies/link-views";
import { userRefused } from "@/app/v1/replies/user-replies";
import { resendInvitation } from "@/lib/links/resend-invitation";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await resendInvitation(actor, (await params).id, await getLocale());
    if (outcome.kind !== "resent") return userRefused(outcome);
    const { invitation, link, mail } = outcome;
    return { status: 200, body: { invitation, link, mail } satisfies NewInvitationView };
  }),
});
