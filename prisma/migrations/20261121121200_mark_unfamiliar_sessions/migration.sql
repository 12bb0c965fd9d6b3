-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "recognized_at" TIMESTAMPTZ(3),
ADD COLUMN     "unfamiliar" BOOLEAN NOT NULL DEFAULT false;
