-- AlterTable
ALTER TABLE "roles" ADD COLUMN     "second_factor_grace_days" INTEGER,
ADD COLUMN     "second_factor_required_since" TIMESTAMPTZ(3);

-- ---------------------------------------------------------------------------------------------------------
-- What Prisma cannot express.
-- ---------------------------------------------------------------------------------------------------------

-- A requirement has both its parts or none; a bound, because nobody means "in ten years".
ALTER TABLE "roles" ADD CONSTRAINT "roles_second_factor_whole"
  CHECK (("second_factor_grace_days" IS NULL) = ("second_factor_required_since" IS NULL));
ALTER TABLE "roles" ADD CONSTRAINT "roles_second_factor_grace"
  CHECK ("second_factor_grace_days" BETWEEN 0 AND 90);
