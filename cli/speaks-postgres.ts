import net from "node:net";
import pg from "pg";
import { driverUrl } from "@/lib/platform/database-url";

/** "Do you speak TLS?", the first question of PostgreSQL's protocol; answered by one letter (SSLRequest). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const PATIENCE_MS = 2_000;

/** Whether what listens at `url` answers as PostgreSQL and its poolers do; null when it says nothing. */
export async function speaksPostgres(url: string): Promise<boolean | null> {
  const { host, port } = new pg.Client({ connectionString: driverUrl(url) });
  if (host.startsWith("/")) return null;
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: PATIENCE_MS });
    const end = (speaks: boolean | null) => {
      resolve(speaks);
      socket.destroy();
    };
    socket.once("connect", () => socket.write(SSL_REQUEST));
    // One letter and no more, or an error in its own form.
    socket.once("data", (answer) => end(/^(?:[SN]$|E\0)/.test(answer.toString("latin1"))));
    for (const event of ["end", "timeout", "error"]) socket.once(event, () => end(null));
  });
}
