import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { httpServer } from "@/cli/http-server";
import type { Rows } from "@/e2e/support/database";
import { databaseInProcess } from "@/e2e/support/database-in-process";

type Route = Record<
  string,
  (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
>;

/** The routes of `app/`: what their addresses look like, those without a parameter first. */
const ROUTES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => {
    const pattern = `/${path.dirname(file)}`
      .replace(/\/\[\[\.\.\.\w+\]\]/, "(?:/.*)?")
      .replace(/\[(\w+)\]/g, "(?<$1>[^/]+)");
    return { file: path.resolve("app", file), address: new RegExp(`^${pattern}$`), pattern };
  })
  .sort((one, other) => rank(one.pattern) - rank(other.pattern));

function rank(pattern: string): number {
  return pattern.includes("(?:/.*)?") ? 2 : pattern.includes("(?<") ? 1 : 0;
}

/** What stands in for the framework: routes by their addresses, and no pages. */
async function serveRoute(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "", "http://localhost");
  for (const { file, address } of ROUTES) {
    const found = address.exec(url.pathname);
    if (!found) continue;
    const method = incoming.method ?? "GET";
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = new Request(url, {
      method,
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const params = Object.entries(found.groups ?? {}).map(([name, value]) => [
      name,
      decodeURIComponent(value),
    ]);
    const route: Route = await import(file);
    const answer = await route[method]?.(request, {
      params: Promise.resolve(Object.fromEntries(params)),
    });
    if (!answer) break;
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
    return;
  }
  response.writeHead(404).end();
}

/**
 * Stands in for e2e/support/installation.ts in a fork that was not built: the same HTTP server, with the routes as they
 * are written, in this process.
 */
export async function startInstallation({ claimed = false }: { claimed?: boolean } = {}) {
  const database = await databaseInProcess({ claimed });
  const server = httpServer(serveRoute);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://localhost:${(server.address() as AddressInfo).port}`,
    sql: (text: string): Promise<Rows> => database.sql(text),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.drop();
    },
  };
}

export type Installation = Awaited<ReturnType<typeof startInstallation>>;
