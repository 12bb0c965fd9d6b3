import { type NextRequest, NextResponse } from "next/server";
import { needsSetup } from "@/lib/bootstrap/installation";

/**
 * Leads every page to the setup while it is needed. A convenience, never the lock: each page and each operation
 * decides for itself, and a page says so itself when the database is away.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (request.nextUrl.pathname === "/setup") return NextResponse.next();
  const open = await needsSetup().catch(() => false);
  return open ? NextResponse.redirect(new URL("/setup", request.nextUrl)) : NextResponse.next();
}

export const config = {
  // Pages only: the API families (lib/platform/http/api-family.ts) are never redirected, and files with an extension are files.
  matcher: ["/((?!(?:api|auth|health|v1)(?:/|$)|_next/|.*\\.[a-z0-9]+$).*)"],
};
