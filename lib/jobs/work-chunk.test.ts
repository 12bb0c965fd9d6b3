import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";
import { transaction } from "@/lib/platform/db";
import { ensurePredefinedRoles } from "@/lib/roles/predefined-roles";
import { insertUser } from "@/lib/users/insert-user";
import { workChunk } from "./work-chunk";

let database: Database;
beforeAll(async () => {
  database = await databaseInProcess();
  await transaction(ensurePredefinedRoles);
});
afterAll(() => database.drop());

async function person(email: string, slug: string): Promise<string> {
  const [role] = await database.sql(`SELECT id FROM roles WHERE slug = '${slug}'`);
  const user = { email, name: null, passwordHash: "$argon2id$x", roleId: String(role?.["id"]) };
  return (await transaction((tx) => insertUser(tx, user))).id;
}

test("items that lie far apart are all done, so many at a time, each as it is", async () => {
  const ada = await person("ada@example.com", "predefined_super_admin");
  const places = [2, 3, 4, 5_000, 5_001, 90_000];
  const people = await Promise.all(
    places.map((place) => person(`p${place}@example.com`, "predefined_user")),
  );
  await database.sql("UPDATE users SET status = 'disabled' WHERE email = 'p5000@example.com'");
  const items = places.map((place, nth) => `(${place}, '${people[nth]}'::uuid)`);
  await database.sql(`
    WITH job AS (
      INSERT INTO jobs (kind, state, creator_id, creator_email, total, rejected)
      VALUES ('disable', 'running', '${ada}', 'ada@example.com', ${places.length + 1}, 1) RETURNING id
    )
    INSERT INTO job_items (job_id, position, user_id, label, outcome)
      SELECT job.id, place, person, 'x', 'pending'::job_outcome FROM job, (VALUES ${items}) AS item (place, person)
      UNION ALL SELECT job.id, 4999, NULL, 'x', 'rejected' FROM job`);

  const steps = [];
  while (await workChunk(2)) {
    const [job] = await database.sql("SELECT state, position, changed, unchanged FROM jobs");
    steps.push(job);
  }
  expect(steps).toEqual([
    { state: "running", position: 3, changed: 2, unchanged: 0 },
    { state: "running", position: 4, changed: 3, unchanged: 0 },
    { state: "running", position: 5_001, changed: 4, unchanged: 1 },
    { state: "done", position: 90_000, changed: 5, unchanged: 1 },
  ]);
  expect(await database.sql("SELECT position, outcome FROM job_items ORDER BY position")).toEqual([
    ...[2, 3, 4].map((position) => ({ position, outcome: "changed" })),
    { position: 4_999, outcome: "rejected" },
    { position: 5_000, outcome: "unchanged" },
    ...[5_001, 90_000].map((position) => ({ position, outcome: "changed" })),
  ]);
});
