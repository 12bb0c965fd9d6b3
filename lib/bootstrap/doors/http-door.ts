import { type ErrorShape, endpoint, type Reply, retryAfter } from "@/lib/platform/http/endpoint";
import { keyReused } from "@/lib/platform/http/idempotency-key";
import { messageAndCode, sentence } from "@/lib/platform/http/problem";
import { readJson } from "@/lib/platform/http/read-json";
import { settings } from "@/lib/settings/settings";
import { describeIssues } from "@/lib/users/describe-issue";
import type { Issue } from "@/lib/users/schema";
import type { ClaimOutcome, Grants } from "../outcome";
import { type Door, enter } from "./door";

/** How a door answers each outcome. Exhaustive: a new outcome breaks the build where it was forgotten. */
type Answers<G extends Grants> = {
  [Kind in ClaimOutcome["kind"]]: (outcome: Extract<ClaimOutcome<G>, { kind: Kind }>) => Reply;
};

/** A door with an address: how it says what is wrong, and its published answers. */
export type HttpDoor<G extends Grants> = Door<G> & { shape: ErrorShape; answers: Answers<G> };

/** Answers that the published contracts leave open: alike at every door, in its own error shape. */
export function openAnswers(shape: ErrorShape) {
  return {
    doorShut: () => shape("DOOR_SHUT"),
    emailTaken: () => shape("EMAIL_TAKEN"),
    setupTokenMissing: ({ why }) => {
      const late =
        "Nobody has claimed this installation for 30 minutes, so this machine is not enough any more.";
      const code = "SETUP_TOKEN_REQUIRED";
      return why === "late" ? shape(code, `${late} ${sentence(code)}`) : shape(code);
    },
    setupTokenInvalid: () => shape("SETUP_TOKEN_INVALID"),
    idempotencyKeyInvalid: () => shape("IDEMPOTENCY_KEY_INVALID"),
    idempotencyKeyReused: () => keyReused(shape, "another body"),
    rateLimited: (outcome) =>
      retryAfter(
        shape("RATE_LIMITED", "Too many wrong attempts. Wait before the next."),
        outcome.retryAfter,
      ),
    overloaded: (outcome) => retryAfter(shape("OVERLOADED"), outcome.retryAfter),
    unavailable: (outcome) => retryAfter(shape("DATABASE_UNAVAILABLE"), outcome.retryAfter),
  } satisfies Partial<Answers<Grants>>;
}

/** `{ message, code, errors }` with status 400: the invalid answer of doors 1 and 2. */
export function validationFailed({ issues }: { issues: readonly Issue[] }): Reply {
  const errors = describeIssues(issues, settings().passwordMinLength);
  return messageAndCode("VALIDATION_FAILED", "Validation failed", { errors });
}

/** The route module of a door: POST only; transport refusals, then `enter`, then the door's answer. */
export function doorEndpoint<G extends Grants>(door: HttpDoor<G>) {
  return endpoint(door.shape, {
    POST: async (request) => {
      const json = await readJson(request, door.shape);
      if (json.kind === "refused") return json.reply;
      const outcome = await enter(door, {
        body: json.kind === "read" ? json.value : undefined,
        text: json.kind === "read" ? json.text : null,
        setupToken: request.headers.get("x-setup-token"),
        idempotencyKey: request.headers.get("idempotency-key"),
      });
      // Broken JSON is a matter of shape: who may not enter anyway hears that first.
      if (json.kind === "malformed" && outcome.kind === "invalid") return json.reply;
      const answer = door.answers[outcome.kind] as (outcome: ClaimOutcome<G>) => Reply;
      return answer(outcome);
    },
  });
}
