import { rememberComparison, secondsAhead } from "./database-now";
import { asDatabaseFault, isDatabaseFault, pool } from "./db";
import { log } from "./log";

/** How often the clocks are compared: a machine may be suspended, and another database may take over. */
const EVERY_MS = 10_000;
/** From so much on the operator is told that the machine's clock is wrong. */
const TOLD_FROM_SECONDS = 5;

/** Compares the database's clock with this process's steady one. @throws {DatabaseUnavailable} */
export async function compareClocks(): Promise<void> {
  const asked = performance.now();
  const { rows } = await pool()
    .query<{ now: string }>(
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8::text AS now",
    )
    .catch((error) => {
      throw asDatabaseFault(error);
    });
  // It was read somewhere on the way; half of it is the best guess.
  rememberComparison(Number(rows[0]?.now), (asked + performance.now()) / 2);
}

/** Compares the clocks again and again, in no request, until what it returns is called. */
export function keepComparingClocks(): () => Promise<void> {
  const seconds = secondsAhead();
  if (Math.abs(seconds) >= TOLD_FROM_SECONDS) {
    log().warn({ secondsAhead: seconds }, "this machine's clock is not the database's");
  }
  const timer = setInterval(() => {
    compareClocks().catch((error) => {
      // While the database is away, what was compared last holds on.
      if (!isDatabaseFault(error)) log().error({ err: error }, "the clocks cannot be compared");
    });
  }, EVERY_MS);
  timer.unref();
  return async () => clearInterval(timer);
}
