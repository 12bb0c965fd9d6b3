import { getLocale } from "next-intl/server";
import { endpoint } from "@/lib/platform/endpoint";
import { problem } from "@/lib/platform/problem";
import { withActor } from "@/lib/sessions/with-actor";
import { linkRefused, type PasswordResetView } from "@/lib/users/link-replies";
import { startPasswordReset } from "@/lib/users/start-password-reset";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await startPasswordReset(actor, (await params).id, await getLocale());
    if (outcome.kind !== "started") return linkRefused(outcome);
    const { link, expiresAt, mail } = outcome;
    return { status: 201, body: { link, expiresAt, mail } satisfies PasswordResetView };
  }),
});
