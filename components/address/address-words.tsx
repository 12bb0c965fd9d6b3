"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { type Address, VISITED } from "./visited";

const Context = createContext<Address | null>(null);

/** Hands every page the address it should be at; without a translator, like FailureWords. */
export function AddressWords({ address, children }: { address: Address; children: ReactNode }) {
  return <Context value={address}>{children}</Context>;
}

const never = () => () => {};

/**
 * The address the browser is at, beside the configured one.
 *
 * @returns `refused` says that forms from here cannot be accepted, `hostChanged` that a proxy names another host
 */
export function useAddress() {
  const address = useContext(Context);
  if (address === null) throw new Error("useAddress needs AddressWords around it.");
  const { configured, seen, words } = address;
  const here = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => null,
  );
  const visited = here ?? seen.origin;
  const wrong = here === null ? seen.wrong : here !== configured;
  const hostChanged = here === null ? seen.proxied : new URL(here).host !== seen.host;
  const cookieLost = configured.startsWith("https:") && here !== null && !window.isSecureContext;
  return {
    configured,
    visited,
    certain: here !== null || seen.certain,
    wrong,
    hostChanged,
    refused: wrong && ((here !== null && hostChanged) || cookieLost),
    say: (key: keyof Address["words"]) => words[key].replaceAll(VISITED, visited),
  };
}
