import { format, stripVTControlCharacters } from "node:util";
import { failureLevel } from "@/lib/platform/http/client-abort";
import { log } from "@/lib/platform/log";
import { isJudged } from "./judge-page-failure";

/** How the framework begins the error of a request. It prints it first, and then asks what is to be said of it. */
const FAILED_REQUEST = "⨯";
const JUDGED_WITHIN_MS = 1_000;

/**
 * Puts what the framework, a package or Node itself has to say into the log: one JSON line each, by the same way as
 * every other line. Written to the terminal's streams it would come in several lines, and wait for a full disk.
 */
export function consoleToLog(): void {
  for (const method of ["log", "info", "debug", "warn", "error"] as const) {
    console[method] = (...said: unknown[]) => {
      const error = said.find((one) => one instanceof Error);
      const words = format(...said.filter((one) => one !== error));
      const message = stripVTControlCharacters(words).trim() || error?.message;
      if (!message) return; // an empty line, for the eye
      const level = method === "error" ? failureLevel(error) : method === "log" ? "info" : method;
      const write = () => log()[level](error === undefined ? {} : { err: error }, message);
      if (error === undefined || message !== FAILED_REQUEST) write();
      else setTimeout(() => isJudged(error) || write(), JUDGED_WITHIN_MS).unref();
    };
  }
  process.removeAllListeners("warning"); // Node's own, which prints
  process.on("warning", (warning) => log().warn({ err: warning }, warning.message));
}
