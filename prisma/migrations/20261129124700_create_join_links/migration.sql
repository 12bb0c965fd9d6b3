-- A link by which several people join by themselves, each with an address and a password of their own.
-- CreateTable
CREATE TABLE "join_links" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" VARCHAR(120) NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "role_id" UUID NOT NULL,
    "domain" VARCHAR(253),
    "approval" BOOLEAN NOT NULL,
    "max_uses" INTEGER NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "created_by_id" UUID NOT NULL,
    "created_by_label" VARCHAR(255) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "join_links_pkey" PRIMARY KEY ("id")
);

-- Who came by a link that asks for approval, and waits for it. Whoever is let in or refused is removed.
-- CreateTable
CREATE TABLE "join_requests" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "link_id" UUID NOT NULL,
    "email" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255),
    "password_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "join_requests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "join_links_digest_key" ON "join_links"("digest");

-- CreateIndex
CREATE INDEX "join_links_created_at_id_idx" ON "join_links"("created_at", "id");

-- CreateIndex
CREATE INDEX "join_links_role_id_idx" ON "join_links"("role_id");

-- CreateIndex
CREATE UNIQUE INDEX "join_requests_email_key" ON "join_requests"("email");

-- CreateIndex
CREATE INDEX "join_requests_created_at_id_idx" ON "join_requests"("created_at", "id");

-- CreateIndex
CREATE INDEX "join_requests_link_id_idx" ON "join_requests"("link_id");

-- AddForeignKey
ALTER TABLE "join_links" ADD CONSTRAINT "join_links_role_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "join_requests" ADD CONSTRAINT "join_requests_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "join_links"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express.
-- ---------------------------------------------------------------------------------------------------------

-- A link lets in as many as it was made for, and not one more.
ALTER TABLE "join_links" ADD CONSTRAINT "join_links_uses" CHECK ("uses" BETWEEN 0 AND "max_uses");
ALTER TABLE "join_links" ADD CONSTRAINT "join_links_max_uses" CHECK ("max_uses" BETWEEN 1 AND 1000);
