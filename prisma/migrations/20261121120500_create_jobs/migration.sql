-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('draft', 'running', 'done', 'cancelled', 'stopped');

-- CreateEnum
CREATE TYPE "job_outcome" AS ENUM ('pending', 'changed', 'unchanged', 'rejected');

-- CreateTable
CREATE TABLE "jobs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" VARCHAR(32) NOT NULL,
    "state" "job_state" NOT NULL,
    "creator_id" UUID NOT NULL,
    "creator_email" VARCHAR(255) NOT NULL,
    "token_id" INTEGER,
    "address" VARCHAR(64),
    "request_id" VARCHAR(64),
    "options" JSONB NOT NULL DEFAULT '{}',
    "total" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,
    "stopped_because" VARCHAR(32),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_items" (
    "job_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "user_id" UUID,
    "label" VARCHAR(255) NOT NULL,
    "outcome" "job_outcome" NOT NULL DEFAULT 'pending',
    "reason" VARCHAR(32),
    "data" JSONB,

    CONSTRAINT "job_items_pkey" PRIMARY KEY ("job_id","position")
);

-- CreateIndex
CREATE INDEX "jobs_state_touched_at_idx" ON "jobs"("state", "touched_at");

-- CreateIndex
CREATE INDEX "jobs_creator_id_created_at_id_idx" ON "jobs"("creator_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "job_items" ADD CONSTRAINT "job_items_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
