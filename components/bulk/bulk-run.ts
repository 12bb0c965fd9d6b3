import type { Selection } from "@/components/users/list/selection";
import type { BulkRequest } from "@/lib/bulk/bulk-request";
import type { BulkPreview } from "@/lib/bulk/preview-change";
import type { JobView } from "@/lib/jobs/job-view";
import type { Wait } from "../wait-text";

/** What the server answers to a bulk action that was looked at, or started. */
export type BulkAnswer =
  | { kind: "previewed" | "selectionChanged"; preview: BulkPreview }
  | { kind: "started"; job: JobView }
  | { kind: "tooMany"; max: number }
  | { kind: "forbidden" | "roleUnknown" | "invalid" | "signedOut" }
  | Wait;

/** Only says what would happen, or does it if the selection still has so many users. */
export type BulkStep = { dryRun: true } | { expected: number };

type BulkRun = (selection: Selection, request: BulkRequest, step: BulkStep) => Promise<BulkAnswer>;

/** What the page hands to the bar. */
export type Bulk = {
  run: BulkRun;
  /** The roles that a user can be given. */
  roles: readonly { value: string; label: string }[];
  mayChangeRole: boolean;
  mayDisable: boolean;
  maySignOut: boolean;
  mayInvite: boolean;
  mayDelete: boolean;
};
