import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import { sha256 } from "@/lib/platform/secrets/digest";
import { changeSettings } from "./change-settings";
import { shownSettings } from "./get-settings";
import { readImage } from "./read-image";
import type { Mark } from "./settings";
import type { UpdateSettingsOutcome } from "./update-settings";

/**
 * Has an image stand for the installation, or the product's mark again.
 *
 * @param bytes a file as somebody has sent it; null for the product's mark
 * @throws {DatabaseUnavailable}
 */
export async function setMark(
  actor: Actor,
  bytes: Uint8Array | null,
  ifMatch?: string,
): Promise<UpdateSettingsOutcome> {
  if (!may(actor, "update", "Installation")) return { kind: "forbidden" };
  const mark = bytes === null ? null : judge(bytes);
  if (mark !== null && "rule" in mark) {
    return { kind: "invalid", issues: [{ field: "mark", rule: mark.rule }] };
  }
  const { kind } = await changeSettings(actor, ifMatch, ({ value, mark: before }) => ({
    value,
    mark,
    details:
      before?.digest === mark?.digest ? {} : { mark: { from: told(before), to: told(mark) } },
  }));
  return kind === "stale" ? { kind } : { kind: "updated", ...shownSettings() };
}

function judge(bytes: Uint8Array) {
  const image = readImage(bytes);
  return "rule" in image ? image : { digest: sha256(bytes), type: image.type, bytes };
}

/** How the trail names an image: by what it is, and enough of its SHA-256 to tell it from others. */
const told = (mark: Mark | null): string | null =>
  mark && `${mark.type} ${mark.digest.slice(0, 16)}`;
