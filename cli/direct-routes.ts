/** What a route module exports, by method. */
export type Route = Readonly<
  Record<string, (request: Request, context: { params: Promise<object> }) => Promise<Response>>
>;

/**
 * The routes that a server is asked most, by their paths. A framework has nothing to do for them, and what it does all
 * the same takes longer than they do (decision 52). A path stands here or not, it answers the same.
 */
export const DIRECT_ROUTES: ReadonlyMap<string, () => Promise<Route>> = new Map<
  string,
  () => Promise<Route>
>([
  ["/api/auth/login", () => import("@/app/api/auth/login/route")],
  ["/api/auth/refresh", () => import("@/app/api/auth/refresh/route")],
  ["/health/live", () => import("@/app/health/live/route")],
  ["/health/ready", () => import("@/app/health/ready/route")],
  ["/v1/auth/forward", () => import("@/app/v1/auth/forward/route")],
  ["/v1/auth/login", () => import("@/app/v1/auth/login/route")],
  ["/v1/auth/me", () => import("@/app/v1/auth/me/route")],
  ["/v1/auth/status", () => import("@/app/v1/auth/status/route")],
  ["/v1/users", () => import("@/app/v1/users/route")],
]);
