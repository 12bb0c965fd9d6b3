-- CreateTable
CREATE TABLE "secret_checks" (
    "digest" CHAR(64) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "missed_at" TIMESTAMPTZ(3),

    CONSTRAINT "secret_checks_pkey" PRIMARY KEY ("digest")
);

ALTER TABLE "secret_checks" ADD CONSTRAINT "secret_checks_digest_format" CHECK ("digest" ~ '^[0-9a-f]{64}$');
