"use server";

import type { ViewChange } from "@/components/saved-views/view-change";
import { deleteView as deleteViewOperation } from "@/lib/saved-views/delete-view";
import { saveView as saveViewOperation } from "@/lib/saved-views/save-view";
import { shareView as shareViewOperation } from "@/lib/saved-views/share-view";
import { textArgument } from "../../text-argument";
import { actAndShow } from "../act";

export async function saveView(name: string, query: string): Promise<ViewChange> {
  const view = { name: textArgument(name), query: textArgument(query) };
  const outcome = await actAndShow((actor) => saveViewOperation(actor, view));
  if (outcome.kind === "saved") return { kind: "done" };
  if (outcome.kind !== "invalid") return outcome;
  if (outcome.issues.some(({ field }) => field === "query")) return { kind: "queryInvalid" };
  const rule = outcome.issues[0]?.rule;
  return { kind: rule === "nameTooLong" || rule === "nameCharacters" ? rule : "required" };
}

export async function shareView(id: string, shared: boolean): Promise<ViewChange> {
  const view = textArgument(id);
  const outcome = await actAndShow((actor) =>
    shareViewOperation(actor, view, { shared: shared === true }),
  );
  if (outcome.kind === "changed") return { kind: "done" };
  return outcome.kind === "invalid" ? { kind: "notFound" } : outcome;
}

export async function deleteView(id: string): Promise<ViewChange> {
  const view = textArgument(id);
  const outcome = await actAndShow((actor) => deleteViewOperation(actor, view));
  return outcome.kind === "deleted" ? { kind: "done" } : outcome;
}
