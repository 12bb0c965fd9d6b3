/**
 * What the roles of the rows are called, by their slugs, and how they look: that of the administrators stands out, the
 * one that most have is said only to a screen reader.
 */
export type RoleCalled = Readonly<
  Record<string, { label: string; look: "strong" | "plain" | "unseen" }>
>;

/** What the list shows of one user. What holds for few is not there for the others. */
export type UserRow = {
  id: string;
  number: number;
  email: string;
  name: string;
  /** Its slug; the list is told once what the roles are called. */
  role: string;
  status: "active" | "disabled" | "invited";
  verified?: true;
  /** ISO 8601 in UTC. */
  lastLoginAt: string | null;
  createdAt: string;
  /** Where its column is shown; null where nobody knows, or the reader may not. */
  secondFactor?: boolean;
  sessions?: number | null;
  createdBy?: string | null;
  isSelf?: true;
  /** The reader may not change it. */
  fixedRole?: true;
  fixedStatus?: true;
};
