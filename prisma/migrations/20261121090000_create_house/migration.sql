-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "user_status" AS ENUM ('active', 'disabled', 'invited');

-- CreateEnum
CREATE TYPE "refresh_token_state" AS ENUM ('live', 'used', 'superseded');

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" SERIAL NOT NULL,
    "email" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255),
    "first_name" VARCHAR(255),
    "last_name" VARCHAR(255),
    "password_hash" TEXT,
    "role_id" UUID NOT NULL,
    "status" "user_status" NOT NULL DEFAULT 'active',
    "disabled_reason" VARCHAR(500),
    "email_verified_at" TIMESTAMPTZ(3),
    "last_login_at" TIMESTAMPTZ(3),
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "roles" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" VARCHAR(64) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "policies" JSONB NOT NULL DEFAULT '[]',
    "predefined" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "door" VARCHAR(32) NOT NULL,
    "address" VARCHAR(64),
    "user_agent" VARCHAR(512),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refresh_tokens" (
    "digest" CHAR(64) NOT NULL,
    "session_id" UUID NOT NULL,
    "parent_digest" CHAR(64),
    "state" "refresh_token_state" NOT NULL DEFAULT 'live',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "id" SERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "abilities" TEXT[] DEFAULT ARRAY['*']::TEXT[],
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "admin_id" UUID NOT NULL,
    "admin_email" VARCHAR(255) NOT NULL,
    "door" VARCHAR(32) NOT NULL,
    "address" VARCHAR(64),
    "wrong_tokens" INTEGER NOT NULL DEFAULT 0,
    "wrong_addresses" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "guard" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_token" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_attempts" (
    "address" VARCHAR(64) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setup_attempts_pkey" PRIMARY KEY ("address")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "digest" CHAR(64) NOT NULL,
    "body_mac" CHAR(64) NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" BIGINT NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" VARCHAR(64) NOT NULL,
    "actor_id" UUID,
    "actor_label" VARCHAR(255) NOT NULL,
    "target_type" VARCHAR(32),
    "target_id" VARCHAR(64),
    "target_label" VARCHAR(255),
    "door" VARCHAR(32),
    "address" VARCHAR(64),
    "request_id" VARCHAR(64),
    "details" JSONB NOT NULL DEFAULT '{}',
    "prev_hash" VARCHAR(64) NOT NULL DEFAULT '',
    "hash" VARCHAR(64) NOT NULL DEFAULT '',

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "last_id" BIGINT NOT NULL DEFAULT 0,
    "last_hash" VARCHAR(64) NOT NULL DEFAULT '',

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_number_key" ON "users"("number");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "users_created_at_id_idx" ON "users"("created_at", "id");

-- CreateIndex
CREATE INDEX "users_name_id_idx" ON "users"("name", "id");

-- CreateIndex
CREATE INDEX "users_last_login_at_id_idx" ON "users"("last_login_at", "id");

-- CreateIndex
CREATE INDEX "users_role_id_status_idx" ON "users"("role_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "roles_slug_key" ON "roles"("slug");

-- CreateIndex
CREATE INDEX "sessions_user_id_ended_at_idx" ON "sessions"("user_id", "ended_at");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE INDEX "refresh_tokens_session_id_state_idx" ON "refresh_tokens"("session_id", "state");

-- CreateIndex
CREATE INDEX "refresh_tokens_parent_digest_idx" ON "refresh_tokens"("parent_digest");

-- CreateIndex
CREATE INDEX "api_tokens_user_id_idx" ON "api_tokens"("user_id");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_id_idx" ON "audit_events"("actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_target_id_id_idx" ON "audit_events"("target_id", "id");

-- CreateIndex
CREATE INDEX "audit_events_action_id_idx" ON "audit_events"("action", "id");

-- CreateIndex
CREATE INDEX "rate_limits_expire_idx" ON "rate_limits"("expire");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express: the promises the database keeps, whichever path tries to break them.
-- SQLSTATE LK001 last active administrator, LK002 append-only, LK003 installation is permanent,
-- LK004 predefined administrator role is fixed. lib/platform/db.ts names them for the code.
-- ---------------------------------------------------------------------------------------------------------

-- Single rows.
ALTER TABLE "installation" ADD CONSTRAINT "installation_single" CHECK ("id" = 1);
ALTER TABLE "setup_token" ADD CONSTRAINT "setup_token_single" CHECK ("id" = 1);
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_single" CHECK ("id" = 1);

-- An e-mail has one spelling: printable ASCII in lower case.
ALTER TABLE "users" ADD CONSTRAINT "users_email_canonical"
  CHECK ("email" = lower("email") AND "email" !~ '[^!-~]' AND "email" LIKE '_%@_%');

-- An active user who can sign in has a hash, never a password: bcrypt or argon2id, told by its prefix.
ALTER TABLE "users" ADD CONSTRAINT "users_password_hash_format"
  CHECK ("password_hash" IS NULL OR "password_hash" ~ '^\$(2[aby]|argon2id)\$');

-- Once: the installation row is never changed (but for its guard) and never removed. `latchkey.reopen`
-- is set, for one transaction, only by the operator's command line.
CREATE FUNCTION "keep_installation"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - 'guard' = to_jsonb(OLD) - 'guard' THEN
      RETURN NEW;
    END IF;
  ELSIF TG_OP = 'DELETE' AND current_setting('latchkey.reopen', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the installation record is permanent' USING ERRCODE = 'LK003';
END $$;

CREATE TRIGGER "installation_permanent" BEFORE UPDATE OR DELETE ON "installation"
  FOR EACH ROW EXECUTE FUNCTION "keep_installation"();
CREATE TRIGGER "installation_permanent_truncate" BEFORE TRUNCATE ON "installation"
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_installation"();

-- Never without an administrator. Checked at commit, so a transaction may swap administrators. The guard
-- is updated, not only locked: at REPEATABLE READ a concurrent loser then fails instead of reading the past.
CREATE FUNCTION "keep_an_administrator"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  admin_role uuid;
BEGIN
  SELECT "id" INTO admin_role FROM "roles" WHERE "slug" = 'predefined_super_admin';
  IF TG_TABLE_NAME = 'users' AND TG_OP <> 'TRUNCATE' THEN
    IF OLD."role_id" IS DISTINCT FROM admin_role OR OLD."status" <> 'active' THEN
      RETURN NULL; -- no active administrator was touched
    END IF;
  END IF;
  UPDATE "installation" SET "guard" = "guard" + 1 WHERE "id" = 1;
  IF FOUND AND NOT EXISTS (
    SELECT 1 FROM "users" WHERE "role_id" = admin_role AND "status" = 'active'
  ) THEN
    RAISE EXCEPTION 'an installation keeps at least one active administrator' USING ERRCODE = 'LK001';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "users_keep_an_administrator"
  AFTER UPDATE OF "status", "role_id" OR DELETE ON "users"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "keep_an_administrator"();
CREATE CONSTRAINT TRIGGER "installation_keep_an_administrator"
  AFTER INSERT ON "installation"
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "keep_an_administrator"();
CREATE TRIGGER "users_keep_an_administrator_truncate" AFTER TRUNCATE ON "users"
  FOR EACH STATEMENT EXECUTE FUNCTION "keep_an_administrator"();

-- The administrator role means the same for ever; otherwise renaming it would lose every administrator.
CREATE FUNCTION "keep_administrator_role"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."slug" <> 'predefined_super_admin' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW."slug" = OLD."slug" AND NEW."id" = OLD."id"
     AND NEW."policies" = OLD."policies" AND NEW."predefined" THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the administrator role is fixed' USING ERRCODE = 'LK004';
END $$;

CREATE TRIGGER "roles_keep_administrator_role" BEFORE UPDATE OR DELETE ON "roles"
  FOR EACH ROW EXECUTE FUNCTION "keep_administrator_role"();

-- A session does not outlive what it was granted for: a new status, role or password ends it, and leaving
-- the active status revokes API tokens too. Coming back does not revive either.
CREATE FUNCTION "end_sessions_of_changed_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "sessions" SET "ended_at" = now() WHERE "user_id" = NEW."id" AND "ended_at" IS NULL;
  IF NEW."status" <> 'active' THEN
    UPDATE "api_tokens" SET "revoked_at" = now() WHERE "user_id" = NEW."id" AND "revoked_at" IS NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "users_end_sessions" AFTER UPDATE OF "status", "role_id", "password_hash" ON "users"
  FOR EACH ROW WHEN (
    OLD."status" IS DISTINCT FROM NEW."status"
    OR OLD."role_id" IS DISTINCT FROM NEW."role_id"
    OR OLD."password_hash" IS DISTINCT FROM NEW."password_hash"
  ) EXECUTE FUNCTION "end_sessions_of_changed_user"();

-- Audit only grows; each row carries the hash of the one before.
CREATE FUNCTION "audit_event_hash"(e "audit_events") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    e."prev_hash", e."id", to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    e."action", e."actor_id", e."actor_label", e."target_type", e."target_id", e."target_label",
    e."door", e."address", e."request_id", e."details"
  )::text, 'UTF8')), 'hex')
$$;

INSERT INTO "audit_head" ("id") VALUES (1);

CREATE FUNCTION "chain_audit_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The row lock on the head makes the chain single: the next writer waits for this commit.
  UPDATE "audit_head" SET "last_id" = "last_id" + 1 WHERE "id" = 1
    RETURNING "last_id", "last_hash" INTO NEW."id", NEW."prev_hash";
  NEW."at" := date_trunc('milliseconds', clock_timestamp());
  NEW."hash" := "audit_event_hash"(NEW);
  UPDATE "audit_head" SET "last_hash" = NEW."hash" WHERE "id" = 1;
  RETURN NEW;
END $$;

CREATE TRIGGER "audit_events_chain" BEFORE INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "chain_audit_event"();

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'LK002';
END $$;

CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_events_append_only_truncate" BEFORE TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_head_permanent" BEFORE DELETE ON "audit_head"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_head_permanent_truncate" BEFORE TRUNCATE ON "audit_head"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Guess counters may be lost with a crash; they must not cost a disk flush each.
ALTER TABLE "rate_limits" SET UNLOGGED;
