"use server";

import { refresh } from "next/cache";
import type { BulkAnswer, BulkStep } from "@/components/bulk/bulk-run";
import type { Selection } from "@/components/users/list/selection";
import type { BulkRequest } from "@/lib/bulk/bulk-request";
import { startBulk } from "@/lib/jobs/start-bulk";
import { refuseMalformed } from "@/lib/platform/http/malformed";
import { UserFilter } from "@/lib/users/list/user-filter";
import { textArgument } from "../../text-argument";
import { act } from "../act";
import { orConfirmFirst } from "../confirm-first";

/** Previews or starts a bulk action for whoever is signed in; the operation decides whether they may. */
export async function runBulk(
  selection: Selection,
  request: BulkRequest,
  step: BulkStep,
): Promise<BulkAnswer> {
  const asked = { ...request, ...whom(selection), ...step };
  const outcome = await orConfirmFirst(await act((actor) => startBulk(actor, asked)));
  if (outcome.kind === "started") refresh();
  return outcome.kind === "invalid" ? { kind: "invalid" } : outcome;
}

/** A selection in the terms of the API. Anybody can call an action with anything; the operation reads it. */
function whom(selection: Selection): { ids: readonly string[] } | { filter: unknown } {
  if (selection?.kind !== "filter") {
    if (!Array.isArray(selection?.ids)) return refuseMalformed("It is no selection.");
    return { ids: selection.ids };
  }
  const said = Object.fromEntries(new URLSearchParams(textArgument(selection.query)));
  const known = Object.keys(UserFilter.shape).filter((name) => said[name]);
  return { filter: Object.fromEntries(known.map((name) => [name, said[name]])) };
}
