import { processWide } from "./process-wide";

function state(): { listeningSince: number } {
  return processWide("uptime", () => ({ listeningSince: 0 }));
}

/** Called once this process has begun to listen. */
export function markListening(): void {
  state().listeningSince = performance.now();
}

/** For how long this process has listened, or lived if it does not listen; by a clock that nobody can set. */
export function uptimeMs(): number {
  return performance.now() - state().listeningSince;
}
