import { type Answer, call } from "./http";

const decoded = (text: string) =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/**
 * The form of a page as a browser without JavaScript sends it: its hidden fields, and what is typed.
 *
 * @param having the name of a field that the wanted form has
 */
export async function encodeForm(
  html: string,
  having: string,
  typed: Record<string, string>,
): Promise<{ body: Uint8Array; type: string }> {
  const form = html
    .match(/<form[\s\S]*?<\/form>/g)
    ?.find((one) => one.includes(`name="${having}"`));
  if (form === undefined) throw new Error(`There is no form with ${having}.`);
  const data = new FormData();
  for (const [tag] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    if (name) data.append(decoded(name), decoded(/value="([^"]*)"/.exec(tag)?.[1] ?? ""));
  }
  for (const [name, value] of Object.entries(typed)) data.set(name, value);
  const encoded = new Response(data);
  const type = encoded.headers.get("content-type") ?? "";
  return { body: new Uint8Array(await encoded.arrayBuffer()), type };
}

/** Sends the form of a page as a browser without JavaScript does (see encodeForm). */
export async function sendForm(
  base: string,
  path: string,
  html: string,
  having: string,
  typed: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { body, type } = await encodeForm(html, having, typed);
  const { origin } = new URL(base);
  return call(base, "POST", path, { body, headers: { "content-type": type, origin, ...headers } });
}
