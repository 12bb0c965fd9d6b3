-- AlterTable
-- What the last answer under the key handed out, so that the next replay takes it back; and when replaying ended.
ALTER TABLE "idempotency_keys" ADD COLUMN "session_id" UUID,
  ADD COLUMN "api_token_id" INTEGER,
  ADD COLUMN "ended_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "idempotency_keys_user_id_idx" ON "idempotency_keys"("user_id");

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express.
-- ---------------------------------------------------------------------------------------------------------

-- A replay is for a lost answer, not a way to sign in. It ends with the account as it was claimed, whichever path
-- changed it, and does not come back when the change is taken back. (That its owner has signed in otherwise is
-- asked at the replay: lib/bootstrap/replay-claim.ts.)
CREATE FUNCTION "end_claim_replays"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  UPDATE "idempotency_keys" SET "ended_at" = now()
    WHERE "user_id" = (changed ->> TG_ARGV[0])::uuid AND "ended_at" IS NULL;
  RETURN NULL;
END $$;

-- A hash that is made anew from the same password ends them, too: it is made in a sign-in.
CREATE TRIGGER "users_end_claim_replays" AFTER UPDATE OF "status", "role_id", "password_hash" ON "users"
  FOR EACH ROW WHEN (
    OLD."status" IS DISTINCT FROM NEW."status"
    OR OLD."role_id" IS DISTINCT FROM NEW."role_id"
    OR OLD."password_hash" IS DISTINCT FROM NEW."password_hash"
  ) EXECUTE FUNCTION "end_claim_replays"('id');
CREATE TRIGGER "users_end_claim_replays_of_deleted" AFTER DELETE ON "users"
  FOR EACH ROW EXECUTE FUNCTION "end_claim_replays"('id');

CREATE TRIGGER "totp_factors_end_claim_replays" AFTER INSERT OR UPDATE OR DELETE ON "totp_factors"
  FOR EACH ROW EXECUTE FUNCTION "end_claim_replays"('user_id');
CREATE TRIGGER "passkeys_end_claim_replays" AFTER INSERT OR UPDATE OR DELETE ON "passkeys"
  FOR EACH ROW EXECUTE FUNCTION "end_claim_replays"('user_id');
CREATE TRIGGER "recovery_codes_end_claim_replays" AFTER INSERT OR UPDATE OR DELETE ON "recovery_codes"
  FOR EACH ROW EXECUTE FUNCTION "end_claim_replays"('user_id');
