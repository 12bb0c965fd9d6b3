-- Every filter of the audit trail in the order in which it is read: by time, so that a period is a range of each.

-- DropIndex
DROP INDEX "audit_events_actor_id_id_idx";

-- DropIndex
DROP INDEX "audit_events_target_id_id_idx";

-- DropIndex
DROP INDEX "audit_events_action_id_idx";

-- CreateIndex
CREATE INDEX "audit_events_at_id_idx" ON "audit_events"("at", "id");

-- CreateIndex
CREATE INDEX "audit_events_action_at_id_idx" ON "audit_events"("action", "at", "id");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_at_id_idx" ON "audit_events"("actor_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_events_target_id_at_id_idx" ON "audit_events"("target_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_events_door_at_id_idx" ON "audit_events"("door", "at", "id");

-- CreateIndex
CREATE INDEX "audit_events_address_at_id_idx" ON "audit_events"("address", "at", "id");

-- CreateIndex
CREATE INDEX "audit_events_request_id_idx" ON "audit_events"("request_id");
