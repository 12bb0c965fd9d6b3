"use server";

import { UserPeek } from "@/components/users/one/user-peek";
import { countSignIns } from "@/lib/audit/count-sign-ins";
import { getFactorOf } from "@/lib/factors/get-factor-of";
import { databaseNow } from "@/lib/platform/database-now";
import { getUser } from "@/lib/users/get-user";
import { textArgument } from "../../text-argument";
import { act } from "../act";

/** What there is to know of a user at a glance, for the list that shows it beside. */
export async function peekUser(id: string) {
  const found = await act(async (actor) => {
    const user = await getUser(actor, textArgument(id));
    if (user.kind !== "found") return user;
    const helps = user.rights.resetPassword || user.rights.removeFactor;
    const [factor, signIns] = await Promise.all([
      helps ? getFactorOf(actor, id) : null,
      countSignIns(actor, id),
    ]);
    return { ...user, factor, signIns };
  });
  if (found.kind !== "found") return found;
  const { user, factor, signIns } = found;
  return {
    kind: "shown" as const,
    shown: <UserPeek user={user} factor={factor} signIns={signIns} now={databaseNow()} />,
  };
}
