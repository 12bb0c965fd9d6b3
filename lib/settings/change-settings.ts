import type { Actor } from "@/lib/access/actor";
import { record } from "@/lib/audit/record";
import { databaseNow } from "@/lib/platform/database-now";
import { type Prisma, type Tx, transaction } from "@/lib/platform/db";
import { matchesEtag } from "@/lib/platform/http/if-match";
import { KEPT } from "@/product";
import type { Stored } from "./schema";
import { type KnownSettings, type Mark, readStored, rememberSettings, toMark } from "./settings";
import { settingsEtag } from "./settings-view";

/** What becomes of the row, and what the trail says of it; nothing where all stays as it is. */
type Change = {
  value: Stored;
  mark: Mark | null;
  details: Record<string, { from: unknown; to: unknown }>;
};

/**
 * Changes the one row of the settings and records what changed from what to what; this process knows it at once.
 *
 * @param change told how the row is, locked
 * @param ifMatch the ETag the caller read, to refuse a stale edit (RFC 9110, 13.1.1)
 * @throws {DatabaseUnavailable}
 */
export async function changeSettings(
  actor: Actor,
  ifMatch: string | undefined,
  change: (before: KnownSettings) => Change,
): Promise<{ kind: "updated" | "stale" }> {
  const done = await transaction(async (tx) => {
    const before = await lockSettings(tx);
    if (ifMatch !== undefined && !matchesEtag(ifMatch, settingsEtag(before))) return null;
    const { value, mark, details } = change(before);
    if (Object.keys(details).length === 0) return before;
    await writeSettings(tx, value, mark);
    await record(tx, actor, {
      action: "settings.updated",
      target: { type: "settings", id: "1", label: "settings" },
      details,
    });
    return { version: before.version + 1, value, mark };
  });
  if (done === null) return { kind: "stale" };
  rememberSettings(done);
  return { kind: "updated" };
}

async function lockSettings(tx: Tx): Promise<KnownSettings> {
  const [row] = await tx.$queryRaw<
    { version: number; value: unknown; mark: Uint8Array | null; mark_type: string | null }[]
  >`SELECT "version", "value", "mark", "mark_type" FROM "settings" WHERE "id" = 1 FOR UPDATE`;
  if (row === undefined) throw new Error("The row of the settings is missing.");
  return {
    version: row.version,
    value: readStored(row.value),
    mark: toMark(row.mark, row.mark_type),
  };
}

/** Writes the row as it is to be; what is locked or known of it is the caller's affair. */
export async function writeSettings(tx: Tx, value: Stored, mark: Mark | null): Promise<void> {
  await tx.settings.updateMany({
    data: {
      value: value as Prisma.InputJsonObject,
      mark: mark && new Uint8Array(mark.bytes),
      markType: mark?.type ?? null,
      version: { increment: 1 },
      updatedAt: databaseNow(),
    },
  });
  // Heard by every process once it is committed.
  await tx.$queryRaw`SELECT pg_notify(${KEPT.settingsChannel}, '')::text`;
}
