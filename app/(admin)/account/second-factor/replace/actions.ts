"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { ReplacementState } from "@/components/second-factor/totp-replacement";
import type { Actor } from "@/lib/access/actor";
import {
  type ConfirmReplacementOutcome,
  confirmReplacement,
  readReplacement,
  type StartReplacementOutcome,
  startReplacement,
} from "@/lib/factors/replace-totp";
import { ENROL } from "../../../../enrol";
import { formFields } from "../../../../form-fields";
import { actFrom } from "../../../act";
import { orConfirmFirst } from "../../../confirm-first";
import { drawnKey } from "../drawn-key";

const HERE = `${ENROL}/replace`;

/** Without a ticket it takes the proof and makes the key; with one it checks that the new app has it. */
export async function replaceTotp(
  _before: ReplacementState,
  form: FormData,
): Promise<ReplacementState> {
  const { proof, ticket, code } = formFields(form, "proof", "ticket", "code");
  const outcome = await orConfirmFirst(
    await actFrom(
      HERE,
      async (
        actor: Actor,
      ): Promise<
        StartReplacementOutcome | Exclude<ConfirmReplacementOutcome, { kind: "wrongCode" }>
      > => {
        if (ticket === "") return startReplacement(actor, proof);
        const confirmed = await confirmReplacement(actor, ticket, code);
        if (confirmed.kind !== "wrongCode") return confirmed;
        const begun = readReplacement(actor, ticket);
        return begun === null ? { kind: "restart" } : { kind: "started", ...begun };
      },
    ),
    HERE,
  );
  switch (outcome.kind) {
    case "replaced":
      refresh();
      return outcome;
    case "started":
      return {
        kind: "key",
        key: drawnKey(outcome),
        ticket: outcome.ticket,
        problem: ticket === "" ? null : "wrongCode",
      };
    case "noApp":
      return redirect(ENROL);
    case "wrong":
    case "uncheckable":
    case "restart":
      return outcome;
    default:
      return { kind: "refused", why: outcome };
  }
}
