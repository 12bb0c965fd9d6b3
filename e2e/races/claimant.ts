import { bootstrap } from "@/lib/bootstrap/doors/bootstrap";
import { type Door, enter } from "@/lib/bootstrap/doors/door";
import { claimHeadless } from "@/lib/bootstrap/doors/headless";
import { initialize } from "@/lib/bootstrap/doors/initialize/initialize";
import { setup } from "@/lib/bootstrap/doors/setup";
import { signup } from "@/lib/bootstrap/doors/signup";
import { claimThroughWizard } from "@/lib/bootstrap/doors/wizard";
import { needsSetup } from "@/lib/bootstrap/installation";
import type { ClaimOutcome } from "@/lib/bootstrap/outcome";
import { closeDb, pool } from "@/lib/platform/db";
import { runInRequest } from "@/lib/platform/request-context";

/**
 * One process of a race after another: told of one it connects and says "ready", and at "go" asks for the first
 * administrator `parallel` times at once through the doors it was told, as an owner at the server's own keyboard would.
 */
export type Race = { databaseUrl: string; parallel: number; doors: string };

const PASSWORD = "Correct-Horse-7";
const [secretKey, name] = process.argv.slice(2);

const person = (i: number) => ({
  email: `${name}-${i}@example.com`,
  password: PASSWORD,
  name: "Racer",
  first_name: "A",
  last_name: "Racer",
  secretKey,
});

const through = (door: Door) => (i: number) =>
  enter(door, { body: person(i), text: "{}", setupToken: null, idempotencyKey: null });

const DOORS: Record<string, (i: number) => Promise<ClaimOutcome>> = {
  bootstrap: through(bootstrap),
  setup: through(setup),
  initialize: through(initialize),
  signup: through(signup),
  wizard: (i) => claimThroughWizard({ ...person(i), setupToken: "" }),
  headless: (i) =>
    claimHeadless("environment", {
      email: person(i).email,
      name: "Racer",
      password: { kind: "plain", value: PASSWORD },
    }),
};

async function run({ parallel, doors }: Race): Promise<Record<string, number>> {
  const ways = doors.split(",").flatMap((door) => DOORS[door] ?? []);
  const outcomes = await Promise.all(
    Array.from({ length: parallel }, (_, i) =>
      runInRequest(
        { id: crypto.randomUUID(), address: "127.0.0.1", directLoopback: true, userAgent: null },
        async () => ways[i % ways.length]?.(i),
      ),
    ),
  );
  const tally: Record<string, number> = {};
  for (const outcome of outcomes) {
    const kind = outcome?.kind ?? "none";
    tally[kind] = (tally[kind] ?? 0) + 1;
  }
  return tally;
}

/** Makes this process one that has just begun: all that it keeps is kept by lib/platform/process-wide.ts. */
async function begin({ databaseUrl }: Race): Promise<void> {
  if (process.env["DATABASE_URL"] !== undefined) await closeDb();
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (key.description?.startsWith("process-wide.")) Reflect.deleteProperty(globalThis, key);
  }
  process.env["DATABASE_URL"] = databaseUrl;
  // Warm up: connections open, code compiled, so that the race is about the database and nothing else.
  await Promise.all(Array.from({ length: 10 }, () => pool().query("SELECT 1")));
  await needsSetup();
}

let race: Race;
process.on("message", async (message: Race | "go") => {
  if (message === "go") {
    process.send?.(await run(race));
  } else {
    race = message;
    await begin(race);
    process.send?.("ready");
  }
});
