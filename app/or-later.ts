import { DatabaseUnavailable } from "@/lib/platform/db";
import { DATABASE_RETRY_AFTER } from "@/lib/platform/endpoint";
import { Overloaded } from "@/lib/platform/password";

export type Later = { kind: "unavailable" | "overloaded"; retryAfter: number };

/** The result of `work`, or that it has to be tried later, as a value that a page can put into words. */
export async function orLater<T>(work: () => Promise<T>): Promise<T | Later> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) {
      return { kind: "unavailable", retryAfter: DATABASE_RETRY_AFTER };
    }
    if (error instanceof Overloaded) return { kind: "overloaded", retryAfter: error.retryAfter };
    throw error;
  }
}
