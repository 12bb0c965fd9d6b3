import { forbidden, redirect } from "next/navigation";
import type { Actor } from "@/lib/access/actor";
import { type Action, may, type Subject } from "@/lib/access/policy";
import { getActor } from "@/lib/sessions/auth";

/**
 * The signed-in person, whatever the role allows. Others are sent to sign in and back to `path`, and who has to set
 * up a second factor first is sent there.
 *
 * @throws {DatabaseUnavailable}
 */
export async function requirePerson(path: string): Promise<Actor> {
  const actor = await getActor();
  if (actor === null) redirect(`/login?next=${encodeURIComponent(path)}`);
  if (actor.mustEnrol) redirect("/account/second-factor");
  return actor;
}

/**
 * The signed-in person, if the role allows `action` on `subject`. Others are sent to sign in and back to `path`, or
 * see the page "No access" with status 403.
 *
 * @throws {DatabaseUnavailable}
 */
export async function requireActor(
  action: Action,
  path: string,
  subject: Subject = "User",
): Promise<Actor> {
  const actor = await requirePerson(path);
  if (!may(actor, action, subject)) forbidden();
  return actor;
}
