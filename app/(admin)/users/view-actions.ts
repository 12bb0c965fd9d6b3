"use server";

import { refresh } from "next/cache";
import type { ViewChange } from "@/components/saved-views/view-change";
import type { Actor } from "@/lib/access/actor";
import { orLater } from "@/lib/platform/or-later";
import { deleteView as deleteViewOperation } from "@/lib/saved-views/delete-view";
import { saveView as saveViewOperation } from "@/lib/saved-views/save-view";
import { getActor } from "@/lib/sessions/auth";
import { textArgument } from "../../text-argument";

/** Changes the saved views of whoever is signed in, and shows the page as it is then. */
async function change(work: (actor: Actor) => Promise<ViewChange>): Promise<ViewChange> {
  return orLater(async () => {
    const actor = await getActor();
    if (actor === null) return { kind: "signedOut" };
    const outcome = await work(actor);
    if (outcome.kind === "done") refresh();
    return outcome;
  });
}

export async function saveView(name: string, query: string): Promise<ViewChange> {
  const view = { name: textArgument(name), query: textArgument(query) };
  return change(async (actor) => {
    const outcome = await saveViewOperation(actor, view);
    if (outcome.kind === "saved") return { kind: "done" };
    if (outcome.kind !== "invalid") return outcome;
    if (outcome.issues.some(({ field }) => field === "query")) return { kind: "queryInvalid" };
    const rule = outcome.issues[0]?.rule;
    return { kind: rule === "nameTooLong" || rule === "nameCharacters" ? rule : "required" };
  });
}

export async function deleteView(id: string): Promise<ViewChange> {
  const view = textArgument(id);
  return change(async (actor) => {
    const outcome = await deleteViewOperation(actor, view);
    return outcome.kind === "deleted" ? { kind: "done" } : outcome;
  });
}
