import type { Installation } from "../support/installation";
import { storeUsers } from "../support/store-users";
import { OWNER } from "./fixtures";

/**
 * Stores something for every page that shows one thing of a kind.
 *
 * @param long begins the names of three people
 * @param address from which somebody has signed in
 * @returns an address made of one with `{id}` or `{slug}` in it
 */
export async function fillPages(
  installation: Installation,
  long: string,
  address: string,
): Promise<(path: string) => string> {
  await storeUsers(installation, long, 3);
  const [row] = await installation.sql(`
    INSERT INTO roles (slug, name, policies)
    VALUES ('support', 'Soporte', '[{"action":["read","update"],"subject":"User","conditions":{"role.slug":"predefined_user"}}]');
    INSERT INTO jobs (kind, state, creator_id, creator_email, total, changed)
    SELECT 'disable', 'done', id, email, 3, 3 FROM users WHERE email = '${OWNER.email}';
    INSERT INTO sessions (user_id, door, address, user_agent, expires_at, unfamiliar)
    SELECT id, 'browser', '${address}', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      now() + interval '1 day', true FROM users CROSS JOIN generate_series(1, 2);
    SELECT (SELECT id FROM users ORDER BY number DESC LIMIT 1) AS person, (SELECT id FROM jobs) AS job,
      (SELECT min(id) FROM audit_events) AS event`);
  const ids: Record<string, string> = {
    "/users/{id}": String(row?.["person"]),
    "/jobs/{id}": String(row?.["job"]),
    "/audit/{id}": String(row?.["event"]),
    "/account/activity/{id}": String(row?.["event"]),
    "/roles/{slug}": "support",
  };
  return (path) => path.replace(/\{\w+\}/, () => ids[path] ?? "?");
}
