-- An attempt in flight is no failure yet (decision 30): how many of the points are, and until when that is believed.
-- How often a key was used up stands in its own row, so that what was counted too much is lifted with it. The last two
-- tell whoever has just counted what became of it.
ALTER TABLE "rate_limits"
  ADD COLUMN "pending" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "pending_until" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "used_up" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "times" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "times_until" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "granted" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "used_up_now" BOOLEAN NOT NULL DEFAULT false;

UPDATE "rate_limits" SET "expire" = 0 WHERE "expire" IS NULL;
ALTER TABLE "rate_limits" ALTER COLUMN "expire" SET NOT NULL;
