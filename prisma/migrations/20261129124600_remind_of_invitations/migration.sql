-- Who was mailed an invitation is reminded of it once, shortly before it runs out, in the language it was made in. The
-- reminder has a secret of its own, because those of before are nowhere to be read.
ALTER TABLE "user_links"
    ADD COLUMN "locale" VARCHAR(8) NOT NULL DEFAULT 'en',
    ADD COLUMN "reminder_digest" CHAR(64),
    ADD COLUMN "reminded_at" TIMESTAMPTZ(3),
    ADD CONSTRAINT "user_links_reminder_is_dated" CHECK ("reminder_digest" IS NULL OR "reminded_at" IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "user_links_reminder_digest_key" ON "user_links"("reminder_digest");

-- Of a million links those that wait for their reminder are few.
CREATE INDEX "user_links_to_remind" ON "user_links" ("expires_at")
  WHERE "purpose" = 'invitation' AND "mail_digest" IS NOT NULL
    AND "reminded_at" IS NULL AND "used_at" IS NULL AND "revoked_at" IS NULL;
