import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { Actor } from "@/lib/access/actor";
import { type Later, orLater } from "@/lib/platform/or-later";
import { getActor } from "@/lib/sessions/auth";
import { ENROL } from "../enrol";
import { type Confirmed, orConfirmFirst } from "./confirm-first";

type Work<T> = (actor: Actor) => Promise<T>;
type SignedOut = { kind: "signedOut" };

/**
 * THE way of a server action to an operation: runs it for whoever is signed in; the operation decides whether they
 * may. That nobody is, or that the database is away, is an answer like the operation's own, which a form puts into
 * words beside what was typed. Who has to set up a second factor first is led there, as from a page.
 *
 * @param owing also for who has to set up a second factor first
 */
export function act<T>(work: Work<T>, { owing = false } = {}): Promise<T | SignedOut | Later> {
  return orLater(async () => {
    const actor = await getActor();
    if (actor === null) return { kind: "signedOut" };
    if (actor.mustEnrol && !owing) redirect(ENROL);
    return work(actor);
  });
}

/** The same for a button, which has nothing to lose: leads to the password first, and draws the page again. */
export async function actAndShow<T extends { kind: string }>(
  work: Work<T>,
): Promise<Confirmed<T | SignedOut | Later>> {
  const outcome = await act(async (actor) => {
    const done = await work(actor);
    refresh();
    return done;
  });
  return orConfirmFirst(outcome);
}

/** The same for what only `page` offers: who is not signed in is led to sign in, and back there. */
export async function actFrom<T extends { kind: string }>(
  page: string,
  work: Work<T>,
  owed?: { owing: true },
): Promise<Exclude<T, SignedOut> | Later> {
  const outcome = await act(work, owed);
  if (outcome.kind === "signedOut") redirect(`/login?next=${encodeURIComponent(page)}`);
  return outcome as Exclude<typeof outcome, SignedOut>;
}

/** Leads on after an action of a form that shows no answer. When the database is away, the page drawn again says so. */
export function leadOn(outcome: { kind: string }, next: string): void {
  if (!("retryAfter" in outcome)) redirect(next);
  refresh();
}
