-- A view of the list of users may be shared with everybody who may list them. Those of others are few and read with each
-- list, so they have an index of their own.
ALTER TABLE "saved_views" ADD COLUMN "shared" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "saved_views_shared_name_idx" ON "saved_views" ("shared", "name");
