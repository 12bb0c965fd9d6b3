/** What a bulk action is for: some users by id, or everybody whom a filter of the list means. */
export type Selection =
  | { kind: "users"; ids: readonly string[] }
  | {
      kind: "filter";
      /** The filter as in the address of the list (UserFilter), for instance `status=active&role=editor`. */
      query: string;
      total: { value: number; exact: boolean };
    };
