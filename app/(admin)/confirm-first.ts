import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { safeNext } from "../login/safe-next";

export type Confirmed<T extends { kind: string }> = Exclude<T, { kind: "unconfirmed" }>;

/**
 * An outcome that asks for nothing first. With one that does, the password is asked for once more, and leads back.
 *
 * @param page where to; the page that the server action was called from, unless it is told
 */
export async function orConfirmFirst<T extends { kind: string }>(
  outcome: T,
  page?: string,
): Promise<Confirmed<T>> {
  if (outcome.kind === "unconfirmed") redirect(confirmAddress(page ?? (await pageOfAction())));
  return outcome as Confirmed<T>;
}

async function pageOfAction(): Promise<string> {
  const from = (await headers()).get("referer") ?? "";
  const { pathname, search } = URL.canParse(from) ? new URL(from) : { pathname: "/", search: "" };
  return safeNext(pathname + search);
}

/** Where the password is asked for; a path of this site to go on to. */
export function confirmAddress(next: string): string {
  return `/account/confirm?next=${encodeURIComponent(next)}`;
}
