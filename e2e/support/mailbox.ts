import { SMTPServer } from "smtp-server";

/** One message as the mail server got it. */
export type Received = { from: string; to: string[]; raw: string; text: string; html: string };

export type Mailbox = {
  /** What SMTP_URL is set to. */
  url: string;
  messages: Received[];
  /** What happens to what comes in; "hang" takes the connection and never says a word. */
  mode: "take" | "refuse" | "hang";
  close(): Promise<void>;
};

/** A mail server in this process that keeps what it is given. */
export async function openMailbox(): Promise<Mailbox> {
  const messages: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onAuth: (_auth, _session, done) => done(null, { user: "latchkey" }),
    onConnect: (_session, done) => {
      if (mailbox.mode !== "hang") done();
    },
    onRcptTo: (_address, _session, done) =>
      done(mailbox.mode === "refuse" ? new Error("no such mailbox") : undefined),
    onData: async (stream, session, done) => {
      let raw = "";
      for await (const chunk of stream.setEncoding("utf8")) raw += chunk;
      const { mailFrom, rcptTo } = session.envelope;
      messages.push({
        from: mailFrom === false ? "" : mailFrom.address,
        to: rcptTo.map(({ address }) => address),
        raw,
        text: part(raw, "text/plain"),
        html: part(raw, "text/html"),
      });
      done();
    },
  });
  server.on("error", () => {}); // a client that gave up
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const mailbox: Mailbox = {
    url: `smtp://latchkey:secret-of-the-mail@127.0.0.1:${port}`,
    messages,
    mode: "take",
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mailbox;
}

/** The decoded body of the first part of a type (RFC 2045). */
function part(raw: string, type: string): string {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? "";
  const found = raw.split(`--${boundary}`).find((one) => one.includes(`Content-Type: ${type}`));
  const [head = "", ...body] = found?.split("\r\n\r\n") ?? [];
  const text = body.join("\r\n\r\n").trim();
  if (/encoding: base64/i.test(head)) return Buffer.from(text, "base64").toString("utf8");
  if (!/encoding: quoted-printable/i.test(head)) return text;
  const bytes = text
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
