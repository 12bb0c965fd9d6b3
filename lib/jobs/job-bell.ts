import { Bell } from "@/lib/platform/bell";

/** Rung when a job was started in this process, so that its worker need not wait for its next look. */
export const jobBell = (): Bell => Bell.named("jobs");
