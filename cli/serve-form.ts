import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestContext } from "@/lib/platform/request-context";
import { askForPage } from "./ask-for-page";
import { giveBack } from "./give-back";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Set by Next on its answer to an action that this build does not have. */
const UNKNOWN_ACTION = "x-nextjs-action-not-found";
/** What puts an answer on the wire; the framework's compression lays itself over them. */
const SENDING = ["writeHead", "write", "end", "flushHeaders", "on"] as const;

/** A form as a browser sends it without a script; the framework's own client sends a header with it. */
export function isPlainForm({ method, headers }: IncomingMessage): boolean {
  const { "content-type": type = "", "next-action": action } = headers;
  return method === "POST" && action === undefined && /^multipart\/form-data/i.test(type);
}

/**
 * Serves a form. Next answers one of another build with a line of text, and what was typed is gone. Here the page at
 * that address comes back instead, as this build has it, with what was typed in it, and says why.
 */
export async function serveForm(
  handle: Handle,
  form: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): Promise<void> {
  const body = copyBody(form);
  const headers = response.getHeaders();
  const isUnknown = () => response.statusCode === 409 && response.hasHeader(UNKNOWN_ACTION);
  const takeBack = withhold(response, isUnknown);
  await handle(form, response);
  if (!isUnknown() || response.headersSent) return;

  takeBack();
  response.setMaxListeners(2 * response.getMaxListeners()); // the framework listens to each answer of its own
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  for (const [name, value = ""] of Object.entries(headers)) response.setHeader(name, value);
  response.statusCode = 200;
  context.instead = { why: "otherBuild", status: 409 };
  const typed = await readForm(Buffer.concat(body), form.headers["content-type"] ?? "");
  const page = askForPage(form);
  delete page.headers["accept-encoding"]; // it is read once more before it goes
  changeHtml(response, (html) => giveBack(html, typed));
  await handle(page, response);
}

/** The body of a request, filled while somebody else reads it. */
function copyBody(request: IncomingMessage): Buffer[] {
  const copied: Buffer[] = [];
  const push = request.push.bind(request);
  request.push = (chunk, encoding) => {
    if (chunk) copied.push(Buffer.from(chunk));
    return push(chunk, encoding);
  };
  return copied;
}

/**
 * Lets an answer go, but for one that `when` says is not to.
 *
 * @returns takes back whatever has been laid over the answer meanwhile
 */
function withhold(response: ServerResponse, when: () => boolean): () => void {
  const before = SENDING.map(
    (name) => [name, Object.getOwnPropertyDescriptor(response, name)] as const,
  );
  const { writeHead, write, end, flushHeaders } = response;
  Object.assign(response, {
    writeHead: (...args: unknown[]) =>
      when() ? response : Reflect.apply(writeHead, response, args),
    write: (...args: unknown[]) => when() || Reflect.apply(write, response, args),
    end: (...args: unknown[]) => (when() ? response : Reflect.apply(end, response, args)),
    flushHeaders: () => when() || Reflect.apply(flushHeaders, response, []),
  });
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(response, name, descriptor);
      else Reflect.deleteProperty(response, name);
    }
  };
}

/** Sends the page once it is whole, as `change` makes it. */
function changeHtml(response: ServerResponse, change: (html: string) => string): void {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const end = response.end.bind(response) as (body: string) => ServerResponse;
  Object.assign(response, {
    write: (chunk: unknown) => {
      keep(chunk);
      return true;
    },
    end: (chunk: unknown) => {
      keep(chunk);
      return end(change(Buffer.concat(chunks).toString("utf8")));
    },
  });
}

async function readForm(body: Buffer, type: string): Promise<FormData> {
  const request = new Response(new Uint8Array(body), { headers: { "content-type": type } });
  return request.formData().catch(() => new FormData());
}
