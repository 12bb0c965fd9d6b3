"use client";

import { lazy, Suspense } from "react";
import { useAddress } from "./address-words";

const WrongAddressNotice = lazy(async () => ({
  default: (await import("./wrong-address")).WrongAddressNotice,
}));

/** Says, before anything is typed in vain, that this is not the configured address. Nothing where it is. */
export function AddressNotice({ className }: { className?: string }) {
  const at = useAddress();
  return (
    at.wrong && (
      <Suspense>
        <WrongAddressNotice at={at} {...(className && { className })} />
      </Suspense>
    )
  );
}
