-- A hash that is made anew from the same password, at another cost or by another algorithm, is no new password:
-- it ends no session. lib/sessions/renew-hash.ts says so for its one transaction.
CREATE OR REPLACE FUNCTION "end_sessions_of_changed_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" = NEW."status" AND OLD."role_id" = NEW."role_id"
     AND current_setting('latchkey.renew_hash', true) = 'on' THEN
    RETURN NULL;
  END IF;
  UPDATE "sessions" SET "ended_at" = now() WHERE "user_id" = NEW."id" AND "ended_at" IS NULL;
  IF NEW."status" <> 'active' THEN
    UPDATE "api_tokens" SET "revoked_at" = now() WHERE "user_id" = NEW."id" AND "revoked_at" IS NULL;
  END IF;
  RETURN NULL;
END $$;
