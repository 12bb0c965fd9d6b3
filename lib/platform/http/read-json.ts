import { getRequestContext } from "../request-context";
import { type ErrorShape, type Reply, withHeaders } from "./endpoint";
import { isUtf8Of } from "./media-type";
import { crossSiteWords, isCrossSite } from "./same-origin";

/** A JSON request, or the reply that refuses it. "malformed" is apart: some doors have more pressing news. */
type JsonRequest =
  | { kind: "read"; value: unknown; text: string }
  | { kind: "malformed"; reply: Reply }
  | { kind: "refused"; reply: Reply };

/** What a JSON body may have at most. */
export const JSON_MAX_BYTES = 16 * 1024;

/**
 * Reads the JSON body of a state-changing request (docs/contracts/every-door.md#bodies): at most
 * `maxBytes`, else 413 from its Content-Length or at the byte that is too much, never read whole;
 * `application/json` in UTF-8, else 415; not from a page of another origin, else 403; JSON, else 400.
 */
export async function readJson(
  request: Request,
  shape: ErrorShape,
  maxBytes = JSON_MAX_BYTES,
): Promise<JsonRequest> {
  const body = await readBody(request, shape, maxBytes);
  if (body.kind === "refused") return body;
  if (!isUtf8Of("application/json", request.headers.get("content-type"))) {
    return { kind: "refused", reply: shape("UNSUPPORTED_MEDIA_TYPE") };
  }
  const crossSite = refuseCrossSite(request, shape);
  if (crossSite) return { kind: "refused", reply: crossSite };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body.bytes);
    return { kind: "read", value: JSON.parse(text), text };
  } catch {
    return { kind: "malformed", reply: shape("MALFORMED_JSON") };
  }
}

/** A refusal of a body, of which what is still on its way is not going to be read. */
export function unread(reply: Reply): Reply {
  return withHeaders(reply, { Connection: "close" });
}

/** 403 for a request that a browser sent from a page of another origin that is not allowed, else null. */
export function refuseCrossSite(request: Request, shape: ErrorShape): Reply | null {
  if (getRequestContext()?.originAllowed) return null;
  const header = (name: string) => request.headers.get(name);
  return isCrossSite(header) ? shape("CROSS_SITE", crossSiteWords(header)) : null;
}

/** The body's bytes, or 413 when it has more than `maxBytes`: from its Content-Length, or at the byte too many. */
export async function readBody(
  request: Request,
  shape: ErrorShape,
  maxBytes: number,
): Promise<{ kind: "read"; bytes: Uint8Array<ArrayBuffer> } | { kind: "refused"; reply: Reply }> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  const bytes = declared > maxBytes ? null : await readBounded(request.body, maxBytes);
  if (bytes !== null) return { kind: "read", bytes };
  const most = `The body may have at most ${maxBytes / 1024} KiB.`;
  return { kind: "refused", reply: unread(shape("BODY_TOO_LARGE", most)) };
}

async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => {}); // the sender may already be gone
      return null;
    }
    chunks.push(value);
  }
}
