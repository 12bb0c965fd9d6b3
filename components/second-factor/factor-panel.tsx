"use client";

import { useActionState } from "react";
import { FactorChanges, type RenewState } from "./factor-changes";
import { RecoveryCodes } from "./recovery-codes";
import { TotpSetup, type TotpSetupState } from "./totp-setup";

/**
 * The second factor as it is, and what can be done about it. One component for both, because the recovery codes
 * have to stay in sight although the page is rendered again with the factor turned on.
 */
export function FactorPanel({
  on,
  add,
  renew,
  turnOff,
}: {
  on: boolean;
  add: (before: TotpSetupState, form: FormData) => Promise<TotpSetupState>;
  renew: (before: RenewState, form: FormData) => Promise<RenewState>;
  turnOff: (form: FormData) => Promise<void>;
}) {
  const [added, sendAdd] = useActionState(add, { kind: "idle" });
  const [renewed, sendRenew] = useActionState(renew, { kind: "idle" });
  if (renewed.kind === "renewed") return <RecoveryCodes codes={renewed.recoveryCodes} />;
  if (added.kind === "on") return <RecoveryCodes codes={added.recoveryCodes} />;
  return on ? (
    <FactorChanges state={renewed} renew={sendRenew} turnOff={turnOff} />
  ) : (
    <TotpSetup state={added} send={sendAdd} />
  );
}
