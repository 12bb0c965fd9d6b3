import { encode } from "uqr";
import type { TotpKey } from "@/components/second-factor/totp-key-form";

/** The key of an authenticator app as text and as a QR code. */
export function drawnKey({ secret, uri }: { secret: string; uri: string }): TotpKey {
  const { data, size } = encode(uri, { ecc: "M", border: 0 });
  const squares = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { secret, qr: { size, path: squares.join("") } };
}
