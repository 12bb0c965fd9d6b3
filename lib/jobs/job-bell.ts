import { EventEmitter } from "node:events";
import { processWide } from "@/lib/platform/process-wide";

/** Rung when a job was started in this process, so that its worker need not wait for its next look. */
export function jobBell(): EventEmitter {
  return processWide("job-bell", () => new EventEmitter());
}

export function ringJobBell(): void {
  jobBell().emit("ring");
}
