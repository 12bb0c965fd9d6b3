"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { RenewState } from "@/components/second-factor/renew-codes";
import type { TotpSetupState } from "@/components/second-factor/totp-setup";
import type { Actor } from "@/lib/access/actor";
import {
  addPasskey as addPasskeyOperation,
  startPasskey as startPasskeyOperation,
} from "@/lib/factors/add-passkey";
import {
  type ConfirmTotpOutcome,
  confirmTotp,
  type StartTotpOutcome,
  startTotp,
} from "@/lib/factors/enrol-totp";
import {
  removePasskey as removePasskeyOperation,
  removeTotp,
} from "@/lib/factors/remove-own-factor";
import { renewRecoveryCodes } from "@/lib/factors/renew-recovery-codes";
import { ENROL } from "../../../enrol";
import { formFields } from "../../../form-fields";
import { textArgument } from "../../../text-argument";
import { actFrom, leadOn } from "../../act";
import { orConfirmFirst } from "../../confirm-first";
import { drawnKey } from "./drawn-key";

/** Also for who has to set up a second factor before anything else. */
async function factorAct<T extends { kind: string }>(work: (actor: Actor) => Promise<T>) {
  return orConfirmFirst(await actFrom(ENROL, work, { owing: true }), ENROL);
}

/** With an empty code it makes the key, with another it checks that the app has it. */
export async function addTotp(before: TotpSetupState, form: FormData): Promise<TotpSetupState> {
  const { code } = formFields(form, "code");
  const outcome = await factorAct(
    async (
      actor,
    ): Promise<StartTotpOutcome | Exclude<ConfirmTotpOutcome, { kind: "wrongCode" }>> => {
      if (code === "") return startTotp(actor);
      const confirmed = await confirmTotp(actor, code);
      return confirmed.kind === "wrongCode" ? startTotp(actor) : confirmed;
    },
  );
  switch (outcome.kind) {
    case "on":
      if (outcome.recoveryCodes === null) redirect(ENROL);
      refresh();
      return outcome;
    case "started": {
      const problem = code === "" && before?.kind !== "key" ? null : "wrongCode";
      return { kind: "key", key: drawnKey(outcome), problem };
    }
    case "alreadyOn":
      return redirect(ENROL);
    case "notStarted":
      return { kind: "restart" };
    default:
      return { kind: "refused", why: outcome };
  }
}

export async function renewCodes(_before: RenewState, form: FormData): Promise<RenewState> {
  formFields(form);
  const outcome = await factorAct(renewRecoveryCodes);
  switch (outcome.kind) {
    case "renewed":
      return outcome;
    case "noFactor":
      return redirect(ENROL);
    default:
      return { kind: "refused", why: outcome };
  }
}

export async function turnOffTotp(form: FormData): Promise<void> {
  formFields(form);
  leadOn(await factorAct(removeTotp), ENROL);
}

export async function startPasskey() {
  return factorAct(startPasskeyOperation);
}

export async function addPasskey(answer: unknown) {
  textArgument((Object(answer) as { ticket?: unknown }).ticket); // the rest is the operation's to judge
  const outcome = await factorAct((actor) => addPasskeyOperation(actor, answer));
  if (outcome.kind === "added") refresh();
  return outcome;
}

export async function removePasskey(form: FormData): Promise<void> {
  const { passkey } = formFields(form, "passkey");
  leadOn(await factorAct((actor) => removePasskeyOperation(actor, passkey)), ENROL);
}
