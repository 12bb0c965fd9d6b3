import { isDeepStrictEqual } from "node:util";
import type { Prisma } from "@/lib/platform/db";
import type { Change } from "./save-user";

/**
 * What a new name, e-mail address or metadata changes.
 *
 * @param asked canonical; what is undefined stays
 */
export function profileChange(
  before: { name: string | null; email: string; metadata: unknown },
  asked: {
    name?: string | null | undefined;
    email?: string | undefined;
    metadata?: Record<string, unknown> | undefined;
  },
): Change {
  const { data, details }: Change = { data: {}, details: {} };
  if (asked.name !== undefined && asked.name !== before.name) {
    data.name = asked.name;
    details["name"] = { from: before.name, to: asked.name };
  }
  if (asked.email !== undefined && asked.email !== before.email) {
    data.email = asked.email;
    data.emailVerifiedAt = null; // the new address has not been shown to be theirs
    details["email"] = { from: before.email, to: asked.email };
  }
  if (asked.metadata !== undefined && !isDeepStrictEqual(asked.metadata, before.metadata)) {
    data.metadata = asked.metadata as Prisma.InputJsonObject;
    details["metadata"] = "changed";
  }
  return { data, details };
}
