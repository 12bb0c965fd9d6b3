import { defineConfig } from "prisma/config";

// `prisma generate` insists on a schema-engine binary it never runs. Any executable satisfies the
// check, so generating works where the binary cannot be downloaded (air-gapped servers, CI).
if (process.argv.includes("generate")) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "" },
});
