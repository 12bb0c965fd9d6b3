"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { useEffect, useState, useTransition } from "react";
import { KeyRound } from "@/components/ui/icons/key-round";
import { useAddress } from "../address/address-words";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import { usePasskeySupport } from "../use-passkey-support";

export type PasskeySignIn = {
  start: () => Promise<{ options: PublicKeyCredentialRequestOptionsJSON; ticket: string }>;
  /** Redirects when it was right; else a sentence about what went wrong. */
  finish: (answer: { ticket: string; response: string; next: string }) => Promise<string>;
};

/**
 * Signs in by a passkey, chosen by the button or from what the browser fills into the first field. Not there where the
 * browser cannot: an address without https, or no JavaScript.
 */
export function PasskeyButton({
  passkey,
  offered,
  next,
  words,
}: {
  passkey: PasskeySignIn;
  /** Whether there is a first field, and nothing of another way is on its way. */
  offered: boolean;
  next: string;
  words: Record<"passkey" | "passkeyFailed", string>;
}) {
  const supported = usePasskeySupport();
  const { wrong, say } = useAddress();
  const [problem, setProblem] = useState<string>();
  const [working, work] = useTransition();
  const offers = supported && !wrong && offered && !working;
  useEffect(() => {
    if (!offers) return;
    const offer = new AbortController();
    import("./ask-for-passkey")
      .then(({ offerPasskey }) => offerPasskey(passkey.start, offer.signal))
      .then(
        (chosen) =>
          chosen && work(async () => setProblem(await passkey.finish({ ...chosen, next }))),
        () => undefined, // nobody asked for it: the other ways say what is wrong
      );
    return () => offer.abort();
  }, [offers, passkey.start, passkey.finish, next]);
  if (!supported) return null;
  const signIn = () =>
    work(async () => {
      if (wrong) return setProblem(say("passkey"));
      setProblem(undefined);
      const { askForPasskey } = await import("./ask-for-passkey");
      const chosen = await askForPasskey(passkey.start);
      setProblem(chosen ? await passkey.finish({ ...chosen, next }) : words.passkeyFailed);
    });
  return (
    <div className="mt-4 max-w-sm">
      <Button className="w-full" aria-disabled={working} onClick={() => working || signIn()}>
        {working ? <Spinner /> : <KeyRound className="size-4" aria-hidden="true" />}
        {words.passkey}
      </Button>
      <p role="alert" className="mt-2 text-sm text-danger">
        {problem}
      </p>
    </div>
  );
}
