-- The user list with a million users (docs/decisions/0014). An index that gives an order also holds what is
-- filtered by: PostgreSQL then passes over who is not meant within the index and fetches only who is.

-- DropIndex
DROP INDEX "users_created_at_id_idx";

-- DropIndex
DROP INDEX "users_name_id_idx";

-- DropIndex
DROP INDEX "users_last_login_at_id_idx";

-- CreateIndex
CREATE INDEX "users_created_at_id_role_id_status_last_login_at_idx" ON "users"("created_at", "id", "role_id", "status", "last_login_at");

-- CreateIndex
CREATE INDEX "users_email_role_id_status_last_login_at_idx" ON "users"("email", "role_id", "status", "last_login_at");

-- CreateIndex
CREATE INDEX "users_name_id_role_id_status_last_login_at_idx" ON "users"("name", "id", "role_id", "status", "last_login_at");

-- CreateIndex
CREATE INDEX "users_last_login_at_id_role_id_status_idx" ON "users"("last_login_at", "id", "role_id", "status");

-- Search finds parts of words by their trigrams. pg_trgm comes with PostgreSQL and any owner of a database may
-- create it (13 and later), but a server can lack its files or its rights, and the extension may live in a schema
-- of its own. Without it the list still searches, by reading every user; `latchkey doctor` says so.
DO $$
DECLARE
  home text;
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  SELECT n.nspname INTO STRICT home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm';
  EXECUTE format(
    'CREATE INDEX "users_email_name_idx" ON "users" USING GIN ("email" %1$I.gin_trgm_ops, "name" %1$I.gin_trgm_ops)',
    home
  );
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE WARNING 'without pg_trgm searches for users are slow: %', SQLERRM;
END $$;
