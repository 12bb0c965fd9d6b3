import { getLocale } from "next-intl/server";
import type { PasswordResetView } from "@/app/v1/replies/link-views";
import { userRefused } from "@/app/v1/replies/user-replies";
import { startPasswordReset } from "@/lib/links/start-password-reset";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { withActor } from "@/lib/sessions/with-actor";

type Context = { params: Promise<{ id: string }> };

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint<Context>(problem, {
  POST: withActor(problem, async (actor, _request, { params }) => {
    const outcome = await startPasswordReset(actor, (await params).id, await getLocale());
    if (outcome.kind !== "started") return userRefused(outcome);
    const { link, expiresAt, mail } = outcome;
    return { status: 201, body: { link, expiresAt, mail } satisfies PasswordResetView };
  }),
});
