import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./installation";
import { exitCode } from "./latchkey";

const BINARY = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find(
  (file) => existsSync(file),
);

/** Whether there is a PgBouncer to test with; Debian's package brings one. */
export const hasPgBouncer = BINARY !== undefined;

/**
 * A PgBouncer in transaction mode with its defaults in front of the PostgreSQL at `databaseUrl`, which listens on TCP.
 * Few connections behind it, so that clients share them.
 */
export async function startPgBouncer(databaseUrl: string) {
  const behind = new URL(databaseUrl);
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), "latchkey-pgbouncer-"));
  await chmod(folder, 0o755); // it refuses to run as root, and reads as nobody
  const users = path.join(folder, "users.txt");
  const config = path.join(folder, "pgbouncer.ini");
  await writeFile(users, '"latchkey" ""\n"serving" ""\n');
  await writeFile(
    config,
    `[databases]
* = host=${behind.hostname} port=${behind.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 5
`,
  );
  const root = userInfo().uid === 0;
  const child: ChildProcess = spawn(BINARY ?? "", [config], {
    stdio: "ignore",
    ...(root && { uid: 65_534, gid: 65_534 }),
  });
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended (${child.exitCode}).`);
    await sleep(20);
  }
  behind.port = String(port);
  return {
    url: behind.href,
    stop: async () => {
      child.kill("SIGKILL");
      await exitCode(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
