import { redirect } from "next/navigation";
import type { Actor } from "@/lib/access/actor";
import { may } from "@/lib/access/policy";
import type { Action, Subject } from "@/lib/access/subjects";
import { getRequestContext } from "@/lib/platform/request-context";
import { getActor } from "@/lib/sessions/auth";
import { ENROL } from "../enrol";
import { forbidPage } from "../forbid-page";

/**
 * The signed-in person, whatever the role allows. Others are sent to sign in and back to `path`, and who has to set
 * up a second factor first is sent there.
 *
 * @throws {DatabaseUnavailable}
 */
export async function requirePerson(path: string): Promise<Actor> {
  const actor = await getActor();
  if (actor === null) redirect(`/login?next=${encodeURIComponent(`${path}${askedQuery(path)}`)}`);
  if (actor.mustEnrol) redirect(ENROL);
  return actor;
}

/** The query that came with the page at `path`, without what the framework's client adds to it. */
function askedQuery(path: string): string {
  const { target = "" } = getRequestContext() ?? {};
  if (!target.startsWith(`${path}?`)) return "";
  const query = new URLSearchParams(target.slice(path.length));
  query.delete("_rsc");
  return query.size > 0 ? `?${query}` : "";
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
  if (!may(actor, action, subject)) forbidPage();
  return actor;
}
