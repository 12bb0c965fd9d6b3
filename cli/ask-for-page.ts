import { IncomingMessage } from "node:http";

/** Headers that speak of the form, or would have the framework take a page for something else. */
const OF_THE_FORM =
  /^(content-(length|type|encoding)|transfer-encoding|expect|origin|next-.*|rsc)$/;

/** The page at the address that a form was sent to, asked for in its place. */
export function askForPage(form: IncomingMessage): IncomingMessage {
  const page = new IncomingMessage(form.socket);
  page.method = "GET";
  page.url = form.url ?? "/";
  page.httpVersion = form.httpVersion;
  page.headers = Object.fromEntries(
    Object.entries(form.headers).filter(([name]) => !OF_THE_FORM.test(name)),
  );
  page.push(null);
  return page;
}
