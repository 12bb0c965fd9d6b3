import { readScalar } from "../scalar-file";

/** Scalar, the code of the API reference; see scalarAddress. */
export async function GET(): Promise<Response> {
  return new Response(await readScalar(), {
    headers: {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=31536000, immutable",
    },
  });
}
