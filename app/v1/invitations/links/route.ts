import { getLocale } from "next-intl/server";
import { jobRefused } from "@/app/v1/replies/job-replies";
import { userRefused } from "@/app/v1/replies/user-replies";
import type { Actor } from "@/lib/access/actor";
import type { JobItemView } from "@/lib/jobs/job-item-view";
import { allJobItems } from "@/lib/jobs/list-job-items";
import {
  InvitationLinksInput,
  invitedBy,
  makeInvitationLinks,
} from "@/lib/links/make-invitation-links";
import { databaseNow } from "@/lib/platform/database-now";
import { endpoint } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { textStream } from "@/lib/platform/http/text-stream";
import { readQuery } from "@/lib/platform/keyset-page";
import { withActor } from "@/lib/sessions/with-actor";

/** A thousand ids. */
const BODY_MAX_BYTES = 64 * 1024;

async function* once(ids: readonly string[]) {
  yield ids;
}

async function* usersOf(items: AsyncGenerator<JobItemView[]>) {
  for await (const some of items) yield some.flatMap(({ userId }) => userId ?? []);
}

/** Whom a request means; those of a job if the actor may see it. */
async function people(actor: Actor, asked: ReturnType<typeof InvitationLinksInput.parse>) {
  const { ids = [], filter, job } = asked;
  if (filter) return { kind: "people", ids: invitedBy(actor, filter) } as const;
  if (job === undefined) return { kind: "people", ids: once(ids) } as const;
  const found = await allJobItems(actor, job, { outcome: "changed" });
  return found.kind === "found" ? ({ kind: "people", ids: usersOf(found.pieces) } as const) : found;
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  POST: withActor(problem, async (actor, request) => {
    const json = await readJson(request, problem, BODY_MAX_BYTES);
    if (json.kind !== "read") return json.reply;
    const read = readQuery(InvitationLinksInput, json.value, "body");
    if (read.kind === "invalid") return userRefused(read);
    const meant = await people(actor, read.asked);
    if (meant.kind !== "people") return jobRefused(meant);
    const outcome = await makeInvitationLinks(actor, meant.ids, await getLocale());
    if (outcome.kind !== "links") return userRefused(outcome);
    const day = databaseNow().toISOString().slice(0, 10);
    return {
      status: 200,
      stream: textStream(outcome.pieces),
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="invitations-${day}.csv"`,
      },
    };
  }),
});
