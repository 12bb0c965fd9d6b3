import { type Env, env } from "@/lib/platform/env";
import { getRequestContext } from "@/lib/platform/request-context";
import { uptimeMs } from "@/lib/platform/uptime";
import { type ClaimSettings, claimSettings } from "./claim-settings";

/** For how long after a start the owner's own machine is enough. What is dangerous is what was forgotten unclaimed. */
export const LOOPBACK_MS = 30 * 60_000;

/** Why a claim needs the setup token. */
export type TokenReason =
  /** SETUP_TOKEN=required. */
  | "required"
  /** Configured to be reached through a proxy, so a request from this machine may be anybody's. */
  | "proxied"
  /** Not straight from this machine, as far as anybody can see. */
  | "elsewhere"
  /** From this machine, too long after the start. */
  | "late";

type Settings = Pick<Env, "baseUrlIsLoopback" | "trustedProxies"> &
  Pick<ClaimSettings, "setupToken">;

const settings = (): Settings => ({ ...env(), ...claimSettings() });

/** What the configuration alone decides: why every claim needs the token, or null when it depends on the request. */
export function judgeSettings(
  { setupToken, baseUrlIsLoopback, trustedProxies }: Settings = settings(),
): TokenReason | null {
  if (setupToken.kind === "minted" && setupToken.onLoopbackToo) return "required";
  return baseUrlIsLoopback && trustedProxies.kind === "none" ? null : "proxied";
}

/** The whole rule (docs/contracts/who-may-claim.md). Null: the claim needs no token. */
export function judgeClaim(
  configured: Settings,
  { directLoopback, upForMs }: { directLoopback: boolean; upForMs: number },
): TokenReason | null {
  const always = judgeSettings(configured);
  if (always !== null) return always;
  if (!directLoopback) return "elsewhere";
  return upForMs < LOOPBACK_MS ? null : "late";
}

/** Why the request being served must bring the setup token; null when it may go without. */
export function whyTokenNeeded(): TokenReason | null {
  const directLoopback = getRequestContext()?.directLoopback === true;
  return judgeClaim(settings(), { directLoopback, upForMs: uptimeMs() });
}
