"use server";

import { refresh } from "next/cache";
import type { Restore } from "@/components/people/deleted-list";
import { orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { restoreUser } from "@/lib/users/restore-user";
import { textArgument } from "../../../text-argument";
import { confirmFirst } from "../../confirm-first";

export async function restore(userId: string): ReturnType<Restore> {
  const target = textArgument(userId);
  return orLater(async () => {
    const actor = await getActor();
    if (actor === null) return { kind: "signedOut" } as const;
    const outcome = await restoreUser(actor, target);
    if (outcome.kind === "unconfirmed") return confirmFirst();
    refresh();
    if (outcome.kind !== "restored") return outcome;
    return { kind: "restored", roleGone: outcome.roleGone } as const;
  });
}
