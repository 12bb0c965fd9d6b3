"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { encode } from "uqr";
import type { RenewState } from "@/components/second-factor/renew-codes";
import type { TotpKey, TotpSetupState } from "@/components/second-factor/totp-setup";
import type { Actor } from "@/lib/access/actor";
import {
  addPasskey as addPasskeyOperation,
  startPasskey as startPasskeyOperation,
} from "@/lib/factors/add-passkey";
import { confirmTotp, startTotp } from "@/lib/factors/enrol-totp";
import {
  removePasskey as removePasskeyOperation,
  removeTotp,
} from "@/lib/factors/remove-own-factor";
import { renewRecoveryCodes } from "@/lib/factors/renew-recovery-codes";
import { type Later, orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { formFields } from "../../../form-fields";
import { textArgument } from "../../../text-argument";

const HERE = encodeURIComponent("/account/second-factor");

async function signedIn(): Promise<Actor> {
  const actor = await getActor();
  return actor ?? redirect(`/login?next=${HERE}`);
}

const waiting = ({ kind, retryAfter }: Later) =>
  ({ kind: "wait", reason: kind, retryAfter }) as const;

const confirmFirst = () => redirect(`/account/confirm?next=${HERE}`);

function drawn({ secret, uri }: { secret: string; uri: string }): TotpKey {
  const { data, size } = encode(uri, { ecc: "M", border: 0 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { secret, qr: { size, path: squares.join("") } };
}

/** With an empty code it makes the key, with another it checks that the app has it. */
export async function addTotp(before: TotpSetupState, form: FormData): Promise<TotpSetupState> {
  const { code } = formFields(form, "code");
  const actor = await signedIn();
  if (code !== "") {
    const confirmed = await orLater(() => confirmTotp(actor, code));
    switch (confirmed.kind) {
      case "on":
        if (confirmed.recoveryCodes === null) redirect("/account/second-factor");
        refresh();
        return confirmed;
      case "notStarted":
        return { kind: "restart" };
      case "unconfirmed":
        return confirmFirst();
      case "rateLimited":
      case "unavailable":
      case "overloaded":
        return { kind: "wait", reason: confirmed.kind, retryAfter: confirmed.retryAfter };
      case "wrongCode":
        break;
    }
  }
  const started = await orLater(() => startTotp(actor));
  switch (started.kind) {
    case "started": {
      const problem = code === "" && before?.kind !== "key" ? null : "wrongCode";
      return { kind: "key", key: drawn(started), problem };
    }
    case "alreadyOn":
      return redirect("/account/second-factor");
    case "unconfirmed":
      return confirmFirst();
    case "unavailable":
    case "overloaded":
      return waiting(started);
  }
}

export async function renewCodes(_before: RenewState, form: FormData): Promise<RenewState> {
  formFields(form);
  const actor = await signedIn();
  const outcome = await orLater(() => renewRecoveryCodes(actor));
  switch (outcome.kind) {
    case "renewed":
      return outcome;
    case "noFactor":
      return redirect("/account/second-factor");
    case "unconfirmed":
      return confirmFirst();
    case "unavailable":
    case "overloaded":
      return waiting(outcome);
  }
}

export async function turnOffTotp(form: FormData): Promise<void> {
  formFields(form);
  const outcome = await removeTotp(await signedIn());
  if (outcome.kind === "unconfirmed") confirmFirst();
  redirect("/account/second-factor");
}

export async function startPasskey() {
  const actor = await signedIn();
  const outcome = await orLater(() => startPasskeyOperation(actor));
  switch (outcome.kind) {
    case "started":
    case "tooMany":
      return outcome;
    case "unconfirmed":
      return confirmFirst();
    case "unavailable":
    case "overloaded":
      return waiting(outcome);
  }
}

export async function addPasskey(answer: unknown) {
  textArgument((Object(answer) as { ticket?: unknown }).ticket); // the rest is the operation's to judge
  const actor = await signedIn();
  const outcome = await orLater(() => addPasskeyOperation(actor, answer));
  switch (outcome.kind) {
    case "added":
      refresh();
      return outcome;
    case "refused":
    case "nameInvalid":
      return outcome;
    case "unconfirmed":
      return confirmFirst();
    case "unavailable":
    case "overloaded":
      return waiting(outcome);
  }
}

export async function removePasskey(form: FormData): Promise<void> {
  const { passkey } = formFields(form, "passkey");
  const outcome = await removePasskeyOperation(await signedIn(), passkey);
  if (outcome.kind === "unconfirmed") confirmFirst();
  redirect("/account/second-factor");
}
