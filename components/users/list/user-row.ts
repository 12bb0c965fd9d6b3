/** What the list shows of one user. */
export type UserRow = {
  id: string;
  number: number;
  email: string;
  name: string;
  role: {
    slug: string;
    label: string;
    /** Whether it is that of the administrators. */
    strong: boolean;
  };
  status: "active" | "disabled" | "invited";
  verified: boolean;
  /** ISO 8601 in UTC. */
  lastLoginAt: string | null;
  createdAt: string;
  isSelf: boolean;
  /** Whether the reader may change this user. */
  editable: boolean;
};
