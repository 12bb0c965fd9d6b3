import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { safeNext } from "../login/safe-next";

/** Asks for the password once more, and leads back to the page that the server action was called from. */
export async function confirmFirst(): Promise<never> {
  const from = (await headers()).get("referer") ?? "";
  const { pathname, search } = URL.canParse(from) ? new URL(from) : { pathname: "/", search: "" };
  return redirect(confirmAddress(safeNext(pathname + search)));
}

/** Where the password is asked for; a path of this site to go on to. */
export function confirmAddress(next: string): string {
  return `/account/confirm?next=${encodeURIComponent(next)}`;
}

/** An outcome that asks for nothing first; with one that does, whoever asked is led to the password. */
export async function orConfirmFirst<T extends { kind: string }>(
  outcome: T,
): Promise<Exclude<T, { kind: "unconfirmed" }>> {
  if (outcome.kind === "unconfirmed") return confirmFirst();
  return outcome as Exclude<T, { kind: "unconfirmed" }>;
}
