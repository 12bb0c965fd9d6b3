/** Why a body was not read, in the order in which it is found out. */
export type BodyRefusal =
  | { kind: "tooLarge" }
  | { kind: "unsupportedType" }
  | { kind: "malformed" };

export const BODY_MAX_BYTES = 16 * 1024;

const JSON_TYPE = /^\s*application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * Reads a JSON body of at most 16 KiB (contract: "Rules common to every HTTP door"). A longer one is refused
 * from its Content-Length, or at the byte that is too much, never read whole.
 *
 * @returns the parsed value and its exact text, or the refusal: 413, 415, 400
 */
export async function readJsonBody(
  request: Request,
): Promise<{ kind: "read"; value: unknown; text: string } | BodyRefusal> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > BODY_MAX_BYTES) return { kind: "tooLarge" };
  const bytes = await readBounded(request.body);
  if (bytes === null) return { kind: "tooLarge" };
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? ""))
    return { kind: "unsupportedType" };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { kind: "read", value: JSON.parse(text), text };
  } catch {
    return { kind: "malformed" };
  }
}

async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > BODY_MAX_BYTES) {
      await reader.cancel().catch(() => {}); // the sender may already be gone
      return null;
    }
    chunks.push(value);
  }
}
