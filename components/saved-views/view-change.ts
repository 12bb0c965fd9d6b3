import type { Wait } from "@/components/wait-text";

/** What came of a change to one's saved views; each kind has its sentence in the messages. */
export type ViewChange =
  | { kind: "done" }
  | {
      kind:
        | "required"
        | "nameTooLong"
        | "nameCharacters"
        | "queryInvalid"
        | "taken"
        | "full"
        | "notFound"
        | "forbidden"
        | "signedOut";
    }
  | Wait;

export type ViewChanges = {
  saveView: (name: string, query: string) => Promise<ViewChange>;
  shareView: (id: string, shared: boolean) => Promise<ViewChange>;
  deleteView: (id: string) => Promise<ViewChange>;
};
