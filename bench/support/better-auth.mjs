import path from "node:path";
import { ownFolder } from "./own-folder.mjs";

const SERVER = `import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { toNodeHandler } from "better-auth/node";
import { admin } from "better-auth/plugins";
import pg from "pg";

const port = Number(process.env.PORT);
const options = {
  baseURL: \`http://127.0.0.1:\${port}\`,
  secret: process.env.SECRET,
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [admin()],
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
createServer(toNodeHandler(betterAuth(options))).listen(port, "127.0.0.1");
`;

/**
 * Better Auth with its plugin for administrators, on a bare Node server, its tables in the database that DATABASE_URL
 * names.
 *
 * @returns as bareNext
 */
export async function betterAuth({ signal } = {}) {
  const folder = await ownFolder("better-auth", {
    packages: { "better-auth": "1.7.25", pg: "8.23.1" },
    files: { "server.mjs": SERVER },
    signal,
  });
  return {
    cwd: folder,
    args: [path.join(folder, "server.mjs")],
    path: "/api/auth/ok",
  };
}
