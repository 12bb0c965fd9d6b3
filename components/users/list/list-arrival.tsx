"use client";

import { type ReactNode, Suspense, useState, useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * Shows `skeleton` until the children are there, to somebody who comes by a link from another page of ours. A
 * document of its own is sent whole instead: its status is true, and it reads without JavaScript. The
 * framework's own `loading` file would stand between both, and answer every refusal with 200.
 */
export function ListArrival({ skeleton, children }: { skeleton: ReactNode; children: ReactNode }) {
  const isDocument = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  const [whole] = useState(isDocument);
  return whole ? children : <Suspense fallback={skeleton}>{children}</Suspense>;
}
