import pino, { type Logger } from "pino";
import { env } from "./env";
import { processWide } from "./process-wide";

/**
 * The one logger: JSON lines on stdout, times in UTC. Objects with a secret-looking key are censored as a
 * second line of defence; the first is never to log one.
 */
export function log(): Logger {
  return processWide("log", () =>
    pino({
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
    }),
  );
}
