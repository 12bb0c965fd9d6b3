import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The reader's time zone (IANA); UTC until the browser is there to ask. */
export function useZone(): string {
  return useSyncExternalStore(
    never,
    () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
