import { createHash } from "node:crypto";
import { PRODUCT } from "@/product";
import { log } from "../log";
import { processWide } from "../process-wide";

/** Nobody at a form waits longer for another server than for ours. */
const TIMEOUT_MS = 1_500;
/** A padded answer has up to 1,000 lines of some 40 characters. */
const ANSWER_MAX_BYTES = 256 * 1024;
/** After a failure passwords are accepted unasked for so long, and the log has one line. */
const QUIET_MS = 60_000;

const LINE = /^([0-9A-F]{35}):(\d+)$/i;

/** Why the range server could not be asked; never says what it was asked for. */
class RangeFailure extends Error {
  override name = "RangeFailure";
}

/**
 * Whether a password is known from breaches, by the range interface of Have I Been Pwned at `url`:
 * five hexadecimal digits of its SHA-1 leave this server, the some thousand suffixes that begin like it come back
 * (k-anonymity), padded so that the size of the answer tells nothing either. False when there is no `url`, and
 * when the server fails in any way: a password is never refused because somebody else is away.
 */
export async function isBreachedPassword(password: string, url: string | null): Promise<boolean> {
  if (url === null) return false;
  const quiet = processWide("breached-passwords", () => ({ until: 0 }));
  if (performance.now() < quiet.until) return false;
  const digest = createHash("sha1").update(password).digest("hex").toUpperCase();
  try {
    const suffixes = await askRange(url, digest.slice(0, 5));
    return suffixes.has(digest.slice(5));
  } catch (error) {
    if (performance.now() >= quiet.until) {
      log().warn({ reason: reasonOf(error) }, "breached passwords not asked for; accepted unasked");
    }
    quiet.until = performance.now() + QUIET_MS;
    return false;
  }
}

/**
 * The suffixes of breached passwords whose SHA-1 begins with `prefix` (five hexadecimal digits, upper case).
 *
 * @throws when the server is away, slow, or answers something else
 */
export async function askRange(url: string, prefix: string): Promise<Set<string>> {
  const response = await fetch(`${url}${prefix}`, {
    headers: { "Add-Padding": "true", "User-Agent": PRODUCT.name },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new RangeFailure(`status ${response.status}`);
  }
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > ANSWER_MAX_BYTES) throw new RangeFailure("answer too large");
  }
  const suffixes = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    if (line === "") continue;
    const [, suffix = "", count] = LINE.exec(line) ?? [];
    if (count === undefined) throw new RangeFailure("answer not understood");
    if (Number(count) > 0) suffixes.add(suffix.toUpperCase()); // those with 0 are padding
  }
  return suffixes;
}

/** A word or two for the log: not the error's own, which may quote the address that was asked. */
export function reasonOf(error: unknown): string {
  if (error instanceof RangeFailure) return error.message;
  if (!(error instanceof Error)) return "failed";
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : error.name;
}
