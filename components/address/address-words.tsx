"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { type Address, type AddressView, viewAddress } from "./visited";

const Context = createContext<Address | null>(null);

/** Hands every page the address it should be at; without a translator, like FailureWords. */
export function AddressWords({ address, children }: { address: Address; children: ReactNode }) {
  return <Context value={address}>{children}</Context>;
}

const never = () => () => {};

/** The address the browser is at, beside the configured one. */
export function useAddress(): AddressView {
  const address = useContext(Context);
  if (address === null) throw new Error("useAddress needs AddressWords around it.");
  const here = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => null,
  );
  return viewAddress(address, here);
}
