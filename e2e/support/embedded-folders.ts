import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { openEmbeddedPostgres } from "@/cli/embedded-postgres";

type Folders = {
  /** Of this test alone, and empty. */
  folder: string;
  /** In it, and not there yet. */
  dataDir: string;
  /** A data folder that was in use once, to be copied: quicker than making another. */
  used: string;
};

/** Gives each test of a file folders for the embedded PostgreSQL, and removes them afterwards. */
export function eachWithFolders(give: (folders: Folders) => void): void {
  const make = () => mkdtemp(path.join(tmpdir(), "latchkey-embedded-"));
  const remove = (folder: string) => rm(folder, { recursive: true, force: true });
  let used: string;
  beforeAll(async () => {
    used = await make();
    await (await openEmbeddedPostgres(used)).close();
  });
  afterAll(() => remove(used));
  let folder: string;
  beforeEach(async () => {
    folder = await make();
    give({ folder, dataDir: path.join(folder, "data"), used });
  });
  afterEach(() => remove(folder));
}
