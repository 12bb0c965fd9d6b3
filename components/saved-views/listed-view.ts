/** A saved view as its reader sees it. */
export type ListedView = {
  id: string;
  name: string;
  query: string;
  shared: boolean;
  /** Whose it is; null for the reader's own. */
  owner: string | null;
  mayDelete: boolean;
};
