// What `prisma generate` does, by the generator itself: Prisma's command line would bring 200 MB (Studio, a PostgreSQL in
// WebAssembly, drivers of other databases) and insists on an engine that has to be downloaded and that it never runs.
// The parts are CommonJS; what two of them export as modules cannot be imported by Node.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts");
const { getGenerators, loadSchemaContext } = require("@prisma/internals");

const schemaContext = await loadSchemaContext({
  schemaPath: { cliProvidedPath: "prisma/schema.prisma" },
  printLoadMessage: false,
});
const generators = await getGenerators({
  schemaContext,
  registry: { "prisma-client": { type: "in-process", generator: new PrismaClientTsGenerator() } },
});
for (const generator of generators) {
  await generator.generate();
  generator.stop();
}
