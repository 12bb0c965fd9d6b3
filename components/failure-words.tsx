"use client";

import { createContext, type ReactNode, useContext } from "react";

type Words = {
  title: string;
  text: string;
  reference: string;
  retry: string;
  /** Of the installation, as on its name plate. */
  name: string;
  mark: string | null;
};

/** A page that failed: `digest` is its reference in the log of the server. */
export type Failure = { words: Words; digest: string | undefined; retry: () => void };

const Context = createContext<Words | null>(null);

/** Hands the error page its words. It takes no props, and is part of every page, so it must not bring a translator. */
export function FailureWords({ words, children }: { words: Words; children: ReactNode }) {
  return <Context value={words}>{children}</Context>;
}

export function useFailureWords(): Words {
  const words = useContext(Context);
  if (words === null) throw new Error("useFailureWords needs FailureWords around it.");
  return words;
}
