-- AlterTable
ALTER TABLE "roles" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express.
-- ---------------------------------------------------------------------------------------------------------

-- A slug stands in addresses and in conditions of policies; those of our own roles cannot be taken by others.
ALTER TABLE "roles" ADD CONSTRAINT "roles_slug_format" CHECK ("slug" ~ '^[a-z0-9_-]{1,64}$');
ALTER TABLE "roles" ADD CONSTRAINT "roles_slug_reserved"
  CHECK ("predefined" = starts_with("slug", 'predefined_'));

-- Every predefined role means the same for ever, not only the administrator's: sign-up and invitations hand
-- out `predefined_user` and count on it allowing nothing. (Replaces keep_administrator_role.)
CREATE FUNCTION "keep_predefined_role"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT OLD."predefined" THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW."slug" = OLD."slug" AND NEW."id" = OLD."id"
     AND NEW."policies" = OLD."policies" AND NEW."predefined" THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a predefined role is fixed' USING ERRCODE = 'LK004';
END $$;

DROP TRIGGER "roles_keep_administrator_role" ON "roles";
DROP FUNCTION "keep_administrator_role"();

CREATE TRIGGER "roles_keep_predefined_role" BEFORE UPDATE OR DELETE ON "roles"
  FOR EACH ROW EXECUTE FUNCTION "keep_predefined_role"();
