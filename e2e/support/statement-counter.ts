import net from "node:net";
import path from "node:path";
import { freePort } from "./installation";

/** Stands between the product and its PostgreSQL and counts what it is asked. */
export type StatementCounter = {
  /** For the product, instead of the database's own. */
  url: string;
  /** The statements that were executed while `work` ran, BEGIN and COMMIT among them. */
  during(work: () => Promise<unknown>): Promise<string[]>;
  /** Refuses whoever comes, and ends who is there; `open` lets them in again at the same address. */
  close(): Promise<void>;
  open(): Promise<void>;
};

/** Reads the frontend's messages (PostgreSQL documentation, "Message Formats") and tells each executed statement. */
function reader(executed: (sql: string) => void) {
  let rest = Buffer.alloc(0);
  let started = false;
  const prepared = new Map<string, string>();
  let bound = "";
  const text = (from: number, bytes: Buffer) =>
    bytes.subarray(from, bytes.indexOf(0, from)).toString("utf8");

  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const header = started ? 1 : 0; // the start-up message alone has no letter
      if (rest.length < header + 4) return;
      const length = header + rest.readInt32BE(header);
      if (rest.length < length) return;
      const [letter, body] = [
        rest.subarray(0, header).toString(),
        rest.subarray(header + 4, length),
      ];
      rest = rest.subarray(length);
      started = true;
      if (letter === "Q") executed(text(0, body));
      if (letter === "P") {
        const name = text(0, body);
        prepared.set(name, text(Buffer.byteLength(name) + 1, body));
      }
      if (letter === "B") bound = text(Buffer.byteLength(text(0, body)) + 1, body);
      if (letter === "E") executed(prepared.get(bound) ?? "a statement of before");
    }
  };
}

export async function startStatementCounter(databaseUrl: string): Promise<StatementCounter> {
  const url = new URL(databaseUrl);
  const folder = url.searchParams.get("host");
  if (folder === null) throw new Error("The test cluster listens on a socket file.");
  const socketFile = path.join(folder, `.s.PGSQL.${url.port || "5432"}`);
  const port = await freePort();
  const statements: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const database = net.connect(socketFile);
    const read = reader((sql) => {
      // What follows a change by its own clock is no part of what was asked for.
      if (!sql.includes("seal_audit_events")) statements.push(sql.trim());
    });
    client.on("data", read);
    client.pipe(database).pipe(client);
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
  });
  const open = () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  await open();
  url.searchParams.delete("host");
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    during: async (work) => {
      const before = statements.length;
      await work();
      return statements.slice(before);
    },
    open,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
