import { validateAnswer } from "./openapi";

/** An answer read to its end. `json` is undefined when the body is no JSON. */
export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  json: any;
};

/**
 * One request, read to its end; never follows a redirect.
 *
 * @throws {Error} when the answer is not what the OpenAPI document says
 */
export async function call(
  base: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(new URL(path, base), {
    method,
    redirect: "manual",
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const answer = { status: response.status, headers: response.headers, text, json };
  validateAnswer(method, new URL(path, base).pathname, answer);
  return answer;
}

export const post = (
  base: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<Answer> => call(base, "POST", path, { body, ...(headers && { headers }) });

export const get = (base: string, path: string, headers?: Record<string, string>) =>
  call(base, "GET", path, headers && { headers });

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Marks a request as one that came through a proxy, so that it is no direct loopback any more. */
export const FROM_ELSEWHERE = { "x-forwarded-for": "203.0.113.7" };
