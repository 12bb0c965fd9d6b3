import { DATABASE_RETRY_AFTER } from "@/lib/platform/http/endpoint";
import { Overloaded } from "@/lib/platform/secrets/password";
import { DatabaseUnavailable } from "./db";

/** It has to be tried again, in so many seconds. */
export type Later = { kind: "unavailable" | "overloaded"; retryAfter: number };

/** What a fault of the database or too much load means to a caller; null for any other error. */
function laterOf(error: unknown): Later | null {
  if (error instanceof DatabaseUnavailable) {
    return { kind: "unavailable", retryAfter: DATABASE_RETRY_AFTER };
  }
  if (error instanceof Overloaded) return { kind: "overloaded", retryAfter: error.retryAfter };
  return null;
}

/** The result of `work`, or that it has to be tried later, as a value that a door or a page puts into words. */
export async function orLater<T>(work: () => Promise<T>): Promise<T | Later> {
  try {
    return await work();
  } catch (error) {
    const later = laterOf(error);
    if (later) return later;
    throw error;
  }
}
