-- What a change of users ends is ended for all users of a statement at once, by whichever path: for each row it cost
-- four statements, half of the time of a bulk action (docs/decisions/0055). Nothing else about it is new.
DROP TRIGGER "users_end_sessions" ON "users";
DROP TRIGGER "users_revoke_links" ON "users";
DROP TRIGGER "users_end_claim_replays" ON "users";
DROP TRIGGER "users_end_claim_replays_of_deleted" ON "users";
DROP FUNCTION "end_sessions_of_changed_user"();
DROP FUNCTION "revoke_links_of_changed_user"();

CREATE FUNCTION "end_what_changed_users_held"() RETURNS trigger LANGUAGE plpgsql
-- Its plans are kept by the connection, also those that were made while the tables were all but empty.
SET "enable_seqscan" = off AS $$
DECLARE
  -- A hash that is made anew from the same password is no new password: lib/sessions/renew-hash.ts says so for its one
  -- transaction.
  renews boolean := coalesce(current_setting('latchkey.renew_hash', true) = 'on', false);
  ids uuid[];
BEGIN
  -- EXCEPT and not a join: its plan is as good for a thousand rows as for the one that it was made for.
  ids := ARRAY(SELECT "id" FROM (
    SELECT "id", "status", "role_id", "password_hash", "email" FROM "after"
    EXCEPT SELECT "id", "status", "role_id", "password_hash", "email" FROM "before") AS "changed");
  IF cardinality(ids) = 0 THEN
    RETURN NULL; -- a sign-in, mostly
  END IF;

  -- A link is for the account as it stood when the link was made: a new status, password or e-mail takes it back.
  -- (What may still change under a link is the role; lib/links/accept-link.ts asks whether its maker may still
  -- make it.)
  ids := ARRAY(SELECT "id" FROM (
    SELECT "id", "status", "password_hash", "email" FROM "after"
    EXCEPT SELECT "id", "status", "password_hash", "email" FROM "before") AS "changed");
  UPDATE "user_links" SET "revoked_at" = now()
    WHERE "user_id" = ANY(ids) AND "used_at" IS NULL AND "revoked_at" IS NULL;

  -- A replay is for a lost answer, not a way to sign in: it ends with the account as it was claimed, with a hash that is
  -- made anew, too, since that is made in a sign-in.
  ids := ARRAY(SELECT "id" FROM (
    SELECT "id", "status", "role_id", "password_hash" FROM "after"
    EXCEPT SELECT "id", "status", "role_id", "password_hash" FROM "before") AS "changed");
  UPDATE "idempotency_keys" SET "ended_at" = now() WHERE "user_id" = ANY(ids) AND "ended_at" IS NULL;

  -- A session does not outlive what it was granted for: a new status, role or password ends it, and leaving the active
  -- status revokes API tokens too. Coming back does not revive either.
  IF renews THEN
    ids := ARRAY(SELECT "id" FROM (
      SELECT "id", "status", "role_id" FROM "after"
      EXCEPT SELECT "id", "status", "role_id" FROM "before") AS "changed");
  END IF;
  UPDATE "sessions" SET "ended_at" = now() WHERE "user_id" = ANY(ids) AND "ended_at" IS NULL;
  ids := ARRAY(SELECT "id" FROM "after" WHERE "id" = ANY(ids) AND "status" <> 'active');
  UPDATE "api_tokens" SET "revoked_at" = now() WHERE "user_id" = ANY(ids) AND "revoked_at" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "users_end_what_they_held" AFTER UPDATE ON "users"
  REFERENCING OLD TABLE AS "before" NEW TABLE AS "after"
  FOR EACH STATEMENT EXECUTE FUNCTION "end_what_changed_users_held"();

CREATE FUNCTION "end_claim_replays_of_deleted"() RETURNS trigger LANGUAGE plpgsql
SET "enable_seqscan" = off AS $$
BEGIN
  UPDATE "idempotency_keys" SET "ended_at" = now()
    WHERE "user_id" = ANY(ARRAY(SELECT "id" FROM "before")) AND "ended_at" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "users_end_claim_replays_of_deleted" AFTER DELETE ON "users"
  REFERENCING OLD TABLE AS "before"
  FOR EACH STATEMENT EXECUTE FUNCTION "end_claim_replays_of_deleted"();
