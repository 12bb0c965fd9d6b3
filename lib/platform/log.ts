import pino, { type Logger } from "pino";
import { env } from "./env";
import { LogDestination } from "./log-destination";
import { processWide } from "./process-wide";

function destination(): LogDestination {
  return processWide("log-destination", () => {
    // Looking at the stream makes a pipe one that does not block; from a worker thread it has no number.
    const made = new LogDestination(process.stdout.fd ?? 1, (dropped, reason) => {
      const words = JSON.stringify({ dropped, reason, msg: "log lines are missing here" });
      return `{"level":"warn"${pino.stdTimeFunctions.isoTime()},${words.slice(1)}\n`;
    });
    process.on("exit", () => made.flushSync());
    return made;
  });
}

/**
 * The one logger: JSON lines on stdout, times in UTC. Objects with a secret-looking key are censored as a
 * second line of defence; the first is never to log one.
 */
export function log(): Logger {
  return processWide("log", () =>
    pino(
      {
        level: env().logLevel,
        base: null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: {
          paths: ["password", "token", "secret", "secretKey", "authorization", "cookie"].flatMap(
            (key) => [key, `*.${key}`],
          ),
          censor: "[redacted]",
        },
      },
      destination(),
    ),
  );
}

/** Waits a moment for what is logged to be written; for a process that ends. */
export async function flushLog(): Promise<void> {
  await destination().flush();
}
