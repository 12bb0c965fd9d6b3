"use client";

import "./globals.css";
import { PRODUCT } from "@/product";

/** The last resort, when even the layout failed: no language is known here, so it is the shortest English. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body className="p-12">
        <title>{PRODUCT.name}</title>
        <h1 className="text-2xl font-semibold">This page could not be shown</h1>
        <p className="mt-3 text-soft">
          The fault is in {PRODUCT.name}. The log of the server has the details
          {error.digest ? ` under ${error.digest}` : ""}.
        </p>
      </body>
    </html>
  );
}
