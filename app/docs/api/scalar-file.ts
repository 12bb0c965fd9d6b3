import { readFile } from "node:fs/promises";
import path from "node:path";
import { processWide } from "@/lib/platform/process-wide";
import { sha256 } from "@/lib/platform/secrets/digest";

/** Of the packages that bring this code, the one without its sources, maps and the parts it was made from (47 MB). */
const PLUGIN = "node_modules/@scalar/fastify-api-reference/dist/index.js";
const STANDALONE = /^var standalone_default = (".*");$/m;

/** The reference's own code, as the package brings it. Served from here: nothing is fetched from elsewhere. */
export function readScalar(): Promise<Buffer<ArrayBuffer>> {
  return processWide("scalar", async () => {
    const plugin = await readFile(
      path.join(/* turbopackIgnore: true */ process.cwd(), PLUGIN),
      "utf8",
    );
    const literal = STANDALONE.exec(plugin)?.[1];
    if (literal === undefined) throw new Error(`${PLUGIN} holds Scalar no longer as it did`);
    // JavaScript lets control characters stand in a string as they are, JSON does not.
    return Buffer.from(
      JSON.parse(literal.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))),
    );
  });
}

/** Where the code is; the address changes with its content, so that a browser may keep it for ever. */
export function scalarAddress(): Promise<string> {
  return processWide("scalar-address", async () => {
    return `/docs/api/scalar.js?v=${sha256(await readScalar()).slice(0, 16)}`;
  });
}
