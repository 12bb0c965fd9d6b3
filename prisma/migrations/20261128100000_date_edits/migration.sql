-- Every time in here is the database's own, so that servers whose clocks differ agree (decision 29): "created_at" and
-- its like by their defaults, the time of an edit by these triggers. A sign-in is no edit, and neither is a hash that
-- is made anew from the same password.
CREATE FUNCTION "date_edit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('latchkey.renew_hash', true) = 'on' THEN
    RETURN NEW;
  END IF;
  NEW."updated_at" := now();
  RETURN NEW;
END $$;

CREATE TRIGGER "users_date_edit" BEFORE UPDATE ON "users"
  FOR EACH ROW WHEN (
    (OLD."email", OLD."name", OLD."first_name", OLD."last_name", OLD."password_hash", OLD."role_id", OLD."status",
     OLD."disabled_reason", OLD."email_verified_at", OLD."metadata", OLD."version")
    IS DISTINCT FROM
    (NEW."email", NEW."name", NEW."first_name", NEW."last_name", NEW."password_hash", NEW."role_id", NEW."status",
     NEW."disabled_reason", NEW."email_verified_at", NEW."metadata", NEW."version")
  ) EXECUTE FUNCTION "date_edit"();

CREATE TRIGGER "roles_date_edit" BEFORE UPDATE ON "roles"
  FOR EACH ROW WHEN (
    (OLD."slug", OLD."name", OLD."policies", OLD."version", OLD."second_factor_grace_days")
    IS DISTINCT FROM
    (NEW."slug", NEW."name", NEW."policies", NEW."version", NEW."second_factor_grace_days")
  ) EXECUTE FUNCTION "date_edit"();
