-- CreateTable
CREATE TABLE "idempotent_replies" (
    "digest" CHAR(64) NOT NULL,
    "request_mac" CHAR(64) NOT NULL,
    "holder" UUID NOT NULL,
    "done" BOOLEAN NOT NULL DEFAULT false,
    "reply" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotent_replies_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "idempotent_replies_expires_at_idx" ON "idempotent_replies"("expires_at");
