-- CreateEnum
CREATE TYPE "link_purpose" AS ENUM ('invitation', 'password_reset');

-- CreateTable
CREATE TABLE "user_links" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID NOT NULL,
    "purpose" "link_purpose" NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "mail_digest" CHAR(64),
    "created_by_id" UUID NOT NULL,
    "created_by_label" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "user_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deleted_users" (
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "email" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255),
    "first_name" VARCHAR(255),
    "last_name" VARCHAR(255),
    "password_hash" TEXT,
    "role_id" UUID,
    "status" "user_status" NOT NULL,
    "disabled_reason" VARCHAR(500),
    "email_verified_at" TIMESTAMPTZ(3),
    "last_login_at" TIMESTAMPTZ(3),
    "metadata" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_by_id" UUID NOT NULL,
    "deleted_by_label" VARCHAR(255) NOT NULL,
    "purge_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deleted_users_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_links_digest_key" ON "user_links"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "user_links_mail_digest_key" ON "user_links"("mail_digest");

-- CreateIndex
CREATE INDEX "user_links_user_id_purpose_created_at_idx" ON "user_links"("user_id", "purpose", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "deleted_users_number_key" ON "deleted_users"("number");

-- CreateIndex
CREATE INDEX "deleted_users_deleted_at_id_idx" ON "deleted_users"("deleted_at", "id");

-- CreateIndex
CREATE INDEX "deleted_users_purge_at_idx" ON "deleted_users"("purge_at");

-- CreateIndex
CREATE INDEX "deleted_users_role_id_idx" ON "deleted_users"("role_id");

-- AddForeignKey
ALTER TABLE "user_links" ADD CONSTRAINT "user_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deleted_users" ADD CONSTRAINT "deleted_users_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express.
-- ---------------------------------------------------------------------------------------------------------

-- A user has one live link a purpose: making a new one takes the older one back, or fails.
CREATE UNIQUE INDEX "user_links_one_live" ON "user_links" ("user_id", "purpose")
  WHERE "used_at" IS NULL AND "revoked_at" IS NULL;

-- A link is for the account as it stood when the link was made: a new status, password or e-mail takes it back.
-- (What may still change under a link is the role; lib/links/accept-link.ts asks whether its maker may still
-- make it.)
CREATE FUNCTION "revoke_links_of_changed_user"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "user_links" SET "revoked_at" = now()
    WHERE "user_id" = NEW."id" AND "used_at" IS NULL AND "revoked_at" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "users_revoke_links" AFTER UPDATE OF "status", "password_hash", "email" ON "users"
  FOR EACH ROW WHEN (
    OLD."status" IS DISTINCT FROM NEW."status"
    OR OLD."password_hash" IS DISTINCT FROM NEW."password_hash"
    OR OLD."email" IS DISTINCT FROM NEW."email"
  ) EXECUTE FUNCTION "revoke_links_of_changed_user"();
