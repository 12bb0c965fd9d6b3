-- AlterTable
-- Whom the operator deleted was deleted by nobody who has an id.
ALTER TABLE "deleted_users" ALTER COLUMN "deleted_by_id" DROP NOT NULL;

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express: the one way back to an open installation (`latchkey admin reopen`).
-- ---------------------------------------------------------------------------------------------------------

-- The first migration lets the installation row be deleted under `latchkey.reopen`, which is set for one transaction.
-- That alone would leave users who can sign in to an installation that anybody may claim, or one that nobody can.
-- Checked at commit, so that the transaction may do its work in any order.
CREATE FUNCTION "reopen_entirely"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "users") OR NOT EXISTS (SELECT 1 FROM "setup_token") THEN
    RAISE EXCEPTION 'an installation is opened again without users and with a setup token'
      USING ERRCODE = 'LK003';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "installation_reopen_entirely" AFTER DELETE ON "installation"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "reopen_entirely"();

-- Nobody is added while setup waits for its owner; the claim takes the token first. Without this, a creation that was
-- under way would be committed after the reopening and leave a user, perhaps an administrator, of the former owner.
-- The lock is the one a foreign key takes: many may add users at once, the deletion of the row waits for them.
CREATE FUNCTION "add_users_when_claimed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "installation" WHERE "id" = 1 FOR KEY SHARE;
  IF NOT FOUND AND EXISTS (SELECT 1 FROM "setup_token") THEN
    RAISE EXCEPTION 'an installation that waits for its owner has no users'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "users_when_claimed" BEFORE INSERT ON "users"
  FOR EACH STATEMENT EXECUTE FUNCTION "add_users_when_claimed"();
