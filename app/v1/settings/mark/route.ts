import { settingsRefused, settingsReply } from "@/app/v1/replies/settings-replies";
import type { Actor } from "@/lib/access/actor";
import { endpoint, type Reply } from "@/lib/platform/http/endpoint";
import { problem } from "@/lib/platform/http/problem";
import { readBody } from "@/lib/platform/http/read-json";
import { withActor } from "@/lib/sessions/with-actor";
import { IMAGE_MAX_BYTES } from "@/lib/settings/schema";
import { setMark } from "@/lib/settings/set-mark";
import { settings } from "@/lib/settings/settings";
import { markPath } from "@/lib/settings/settings-view";

async function set(actor: Actor, bytes: Uint8Array | null, request: Request): Promise<Reply> {
  const ifMatch = request.headers.get("if-match") ?? undefined;
  const outcome = await setMark(actor, bytes, ifMatch);
  return outcome.kind === "updated" ? settingsReply(outcome) : settingsRefused(outcome);
}

/** Another image has another address, so a browser need never ask again. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** The image, for everybody who sees the door. */
async function show(request: Request): Promise<Reply> {
  const { mark } = settings();
  if (mark === null) return problem("NOT_FOUND", "The installation has no mark of its own.");
  const { pathname, search } = new URL(request.url);
  return {
    status: 200,
    stream: new Blob([new Uint8Array(mark.bytes)]).stream(),
    headers: {
      "Content-Type": mark.type,
      "Cache-Control": pathname + search === markPath(mark) ? FOR_EVER : "no-cache",
    },
  };
}

/** The image itself is the body of PUT; its kind is read from its bytes, whatever its type is said to be. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(problem, {
  GET: show,
  PUT: withActor(problem, async (actor, request) => {
    const body = await readBody(request, problem, IMAGE_MAX_BYTES);
    return body.kind === "read" ? set(actor, body.bytes, request) : body.reply;
  }),
  DELETE: withActor(problem, async (actor, request) => set(actor, null, request)),
});
