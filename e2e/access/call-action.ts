import type { ActionRow } from "./matrix";

type Asked = Pick<ActionRow, "page" | "with" | "noForm">;

/**
 * Calls a server action as the framework's client does: text arguments as JSON, a form as multipart. Returns the
 * status.
 *
 * @param id under which a browser calls it
 */
export async function callAction(
  base: string,
  id: string,
  asked: Asked,
  headers: Record<string, string> = {},
): Promise<number> {
  return (await askAction(base, id, asked, headers)).status;
}

/** The same; returns the answer in the framework's words, too. */
export function askAction(
  base: string,
  id: string,
  { page, with: args, noForm }: Asked,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = args.at(-1);
  let body: FormData | string = JSON.stringify(args);
  if (typeof form === "object" && form !== null && !noForm) {
    body = new FormData();
    for (const [name, value] of Object.entries(form)) body.append(`_1_${name}`, field(value));
    body.append("0", JSON.stringify([...args.slice(0, -1), "$K1"]));
  }
  return post(base, id, page, body, headers);
}

function field(value: unknown): string | Blob {
  return typeof value === "object" && value !== null && "base64" in value
    ? new Blob([Buffer.from(String(value.base64), "base64")])
    : String(value);
}

/** Sends a server action what is not made of arguments. Returns the status. */
export async function sendToAction(...sent: Parameters<typeof post>): Promise<number> {
  return (await post(...sent)).status;
}

type Answer = { status: number; text: string };

async function post(
  base: string,
  id: string,
  page: string,
  body: FormData | string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  // In one piece, as browsers send it: a refusal does not wait for the rest, and closes the connection.
  const whole = new Response(body);
  const response = await fetch(new URL(page, base), {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": whole.headers.get("content-type") ?? "",
      "next-action": id,
      ...headers,
    },
    body: await whole.arrayBuffer(),
  });
  return { status: response.status, text: await response.text() };
}
