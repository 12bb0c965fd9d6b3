import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether this browser can use passkeys at this address; false on the server and without a secure context. */
export function usePasskeySupport(): boolean {
  return useSyncExternalStore(
    never,
    () => window.isSecureContext && "PublicKeyCredential" in window,
    () => false,
  );
}
