import { claimed } from "./claimed";
import type { Installation } from "./installation";

/** What a file may do with an installation that the next one goes on with. */
export type Shared = Omit<Installation, "stop" | "kill9">;

let opened: Promise<{ installation: Installation; restore: () => Promise<void> }> | undefined;

async function open() {
  const installation = await claimed();
  // So does Vitest end a worker. What a file has left running would otherwise live to the end of the run.
  process.once("SIGTERM", () => installation.kill9().then(() => process.exit()));
  return { installation, restore: await installation.remember() };
}

/**
 * An installation as `claimed()` starts one, for files that need nothing special of it: the server is the worker's, its
 * database is put back to the moment after the claim each time it is asked for. Whoever changes the schema for good, or
 * what the server keeps in memory, starts one of their own.
 */
export async function sharedClaimed(): Promise<Shared> {
  const before = opened;
  opened ??= open();
  const { installation, restore } = await opened;
  if (before) await restore();
  const said = installation.logs().length;
  return { ...installation, logs: () => installation.logs().slice(said) };
}
