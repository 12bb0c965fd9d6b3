import type { ErrorShape } from "./endpoint";
import { messageAndCode, problem, statusAndError } from "./problem";

/**
 * The first segments below which everything is an API: JSON in, JSON out, never a page, never a form of one. Each
 * with the way its family says what is wrong. The one place that tells them; the matcher in proxy.ts, which the
 * framework reads without running it, is held to it by a test.
 */
export const API_FAMILIES = {
  api: messageAndCode,
  auth: statusAndError,
  health: problem,
  v1: problem,
} as const satisfies Record<string, ErrorShape>;

export type ApiFamily = keyof typeof API_FAMILIES;

/** The family that a path belongs to; null for a page or a file. */
export function apiFamily(path: string): ApiFamily | null {
  const [, first = ""] = path.split("/", 2);
  return Object.hasOwn(API_FAMILIES, first) ? (first as ApiFamily) : null;
}
