import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./installation";
import { runFolder } from "./run-folder";

export type ProxyName = "nginx" | "haproxy" | "caddy";

/** A reverse proxy that runs until `stop`. */
export type ReverseProxy = { baseUrl: string; port: number; stop(): Promise<void> };

const FOLDERS = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** Where it is installed; undefined where it is not. */
export function findProxy(name: ProxyName): string | undefined {
  return FOLDERS.map((folder) => path.join(folder, name)).find(existsSync);
}

/** Around a `server` block of nginx: whatever it writes stays in one folder. */
const nginxMain = (server: string, folder: string) => {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join("\n");
  return `daemon off;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${server}\n}\n`;
};

const KINDS: Record<
  ProxyName,
  { args: (file: string, folder: string) => string[]; whole: typeof nginxMain }
> = {
  nginx: {
    args: (file, folder) => ["-p", folder, "-c", file, "-e", "stderr"],
    whole: nginxMain,
  },
  haproxy: { args: (file) => ["-db", "-f", file], whole: (config) => config },
  caddy: {
    args: (file) => ["run", "--config", file, "--adapter", "caddyfile"],
    whole: (config) => `{\nadmin off\nauto_https off\n}\n${config}`,
  },
};

/**
 * Runs a proxy and returns once it answers.
 *
 * @param configure what the proxy is told, when it is to listen on this port of 127.0.0.1
 * @param port the port, if it is to be a certain one
 */
export async function startProxy(
  name: ProxyName,
  configure: (port: number) => string,
  port?: number,
): Promise<ReverseProxy> {
  const own = port ?? (await freePort());
  const folder = await mkdtemp(path.join(runFolder(), `${name}-`));
  const file = path.join(folder, "proxy.conf");
  const { args, whole } = KINDS[name];
  await writeFile(file, whole(configure(own), folder));
  const child: ChildProcess = spawn(findProxy(name) ?? name, args(file, folder), {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const baseUrl = `http://127.0.0.1:${own}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(output);
    if (await fetch(baseUrl, { redirect: "manual" }).catch(() => null)) break;
    await sleep(50);
  }
  return {
    baseUrl,
    port: own,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await new Promise((resolve) => child.once("close", resolve));
    },
  };
}
