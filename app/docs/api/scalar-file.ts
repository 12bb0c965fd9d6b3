import { readFile } from "node:fs/promises";
import path from "node:path";
import { processWide } from "@/lib/platform/process-wide";
import { sha256 } from "@/lib/platform/secrets/digest";

/** The reference's own code, as the package brings it. Served from here: nothing is fetched from elsewhere. */
export function readScalar(): Promise<Buffer<ArrayBuffer>> {
  const file = "node_modules/@scalar/api-reference/dist/browser/standalone.js";
  return readFile(path.join(/* turbopackIgnore: true */ process.cwd(), file));
}

/** Where the code is; the address changes with its content, so that a browser may keep it for ever. */
export function scalarAddress(): Promise<string> {
  return processWide("scalar-address", async () => {
    return `/docs/api/scalar.js?v=${sha256(await readScalar()).slice(0, 16)}`;
  });
}
