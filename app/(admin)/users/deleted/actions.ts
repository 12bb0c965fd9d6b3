"use server";

import type { Restore } from "@/components/people/deleted-list";
import { restoreUser } from "@/lib/users/restore-user";
import { textArgument } from "../../../text-argument";
import { actAndShow } from "../../act";

export async function restore(userId: string): ReturnType<Restore> {
  const target = textArgument(userId);
  const outcome = await actAndShow((actor) => restoreUser(actor, target));
  if (outcome.kind !== "restored") return outcome;
  return { kind: "restored", roleGone: outcome.roleGone };
}
