import type { Installation } from "./installation";

/** Stores so many active users `<name>-<n>@example.com` past the API. */
export async function storeUsers(
  installation: Pick<Installation, "sql">,
  name: string,
  count: number,
) {
  await installation.sql(`
    INSERT INTO users (email, name, role_id, password_hash)
    SELECT '${name}-' || n || '@example.com', '${name} ' || n, roles.id, '$2b$10$' || repeat('x', 53)
    FROM generate_series(1, ${count}) AS n, roles WHERE roles.slug = 'predefined_user'`);
}
