import { once } from "node:events";
import { createServer } from "node:http";
import net from "node:net";
import { expect, test } from "vitest";
import { drainable } from "./drainable";

const NEVER = 600_000; // longer than a test may take

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test("what was begun is answered; nobody waits for a connection on which nothing was ever asked", async () => {
  const asked = deferred();
  const answer = deferred();
  const server = createServer(async (_request, response) => {
    asked.resolve();
    await answer.promise;
    response.end("whole");
  });
  const drain = drainable(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as net.AddressInfo;

  const silent = net.connect(port, "127.0.0.1");
  await once(silent, "connect");
  const begun = fetch(`http://127.0.0.1:${port}/`);
  await asked.promise;
  const drained = drain(NEVER);
  await once(silent, "close");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  answer.resolve();
  expect(await (await begun).text()).toBe("whole");
  await drained;
});

test("what does not end is cut", async () => {
  const server = createServer(() => {});
  const drain = drainable(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as net.AddressInfo;
  const asked = once(server, "request");
  const never = fetch(`http://127.0.0.1:${port}/`);
  await asked;
  const [outcome] = await Promise.allSettled([never, drain(100)]);
  expect(outcome.status).toBe("rejected");
});
