import type { UserView } from "@/lib/users/user-view";

/** A user as an edit began with it. Goes with the form, so that a stale edit can be told what changed since. */
export type Snapshot = {
  /** The entity tag. */
  version: string;
  name: string;
  email: string;
  role: { slug: string; name: string };
  status: UserView["status"];
  /** As tidy JSON. */
  metadata: string;
};

export function snapshotOf(user: UserView, version: string): Snapshot {
  const { email, role, status } = user;
  return {
    version,
    name: user.name ?? "",
    email,
    role: { slug: role.slug, name: role.name },
    status,
    metadata: tidyJson(user.metadata),
  };
}

export function tidyJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
