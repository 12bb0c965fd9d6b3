import { type NextRequest, NextResponse } from "next/server";
import { needsSetup } from "@/lib/bootstrap/installation";

/**
 * Leads every page to the setup while it is needed, and says so when the database is away. A convenience, never
 * the lock: each page and each operation decides for itself.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname } = request.nextUrl;
  let open: boolean;
  try {
    open = await needsSetup();
  } catch {
    // It throws DatabaseUnavailable and nothing else. The page is sent with status 503.
    return NextResponse.rewrite(new URL("/unavailable", request.nextUrl));
  }
  if (!open || pathname === "/setup") return NextResponse.next();
  return NextResponse.redirect(new URL("/setup", request.nextUrl));
}

export const config = {
  // Pages only: JSON routes are never redirected, and files with an extension are files.
  matcher: ["/((?!api/|v1/|auth/|health/|_next/|.*\\.[a-z0-9]+$).*)"],
};
