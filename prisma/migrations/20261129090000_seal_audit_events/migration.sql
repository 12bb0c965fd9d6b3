-- Writers append without a lock in common; a sealer chains what is committed, in batches (docs/decisions/0049).

CREATE TABLE "audit_seals" (
    "place" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "hash" VARCHAR(64) NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("place")
);

-- What is chained stays as it is: the hash over an event and the one before it is the same as ever.
INSERT INTO "audit_seals" SELECT "id", "id", "hash" FROM "audit_events" WHERE "id" > 0 ORDER BY "id";

CREATE UNIQUE INDEX "audit_seals_event_id_key" ON "audit_seals"("event_id");

ALTER TABLE "audit_head" RENAME COLUMN "last_id" TO "last_place";
ALTER TABLE "audit_head" ADD COLUMN "settled_id" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "taken_id" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "taken_before_xact" BIGINT NOT NULL DEFAULT 0;
UPDATE "audit_head" SET "settled_id" = "last_place", "taken_id" = "last_place";

DROP TRIGGER "audit_events_chain" ON "audit_events";
DROP FUNCTION "chain_audit_event"();
DROP FUNCTION "audit_event_hash"("audit_events");
ALTER TABLE "audit_events" DROP COLUMN "prev_hash", DROP COLUMN "hash",
  ADD COLUMN "xact" BIGINT NOT NULL DEFAULT 0;

CREATE SEQUENCE "audit_events_id_seq" OWNED BY "audit_events"."id";
SELECT setval('audit_events_id_seq', greatest("last_place", 1), "last_place" > 0) FROM "audit_head";

CREATE FUNCTION "number_audit_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In this order: who sees that a number is taken knows that its transaction is older (seal_audit_events).
  NEW."xact" := pg_current_xact_id()::text::bigint;
  NEW."id" := nextval('audit_events_id_seq');
  NEW."at" := date_trunc('milliseconds', clock_timestamp());
  RETURN NEW;
END $$;

CREATE TRIGGER "audit_events_number" BEFORE INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "number_audit_event"();

CREATE TRIGGER "audit_seals_append_only" BEFORE UPDATE OR DELETE ON "audit_seals"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_seals_append_only_truncate" BEFORE TRUNCATE ON "audit_seals"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- STABLE, not IMMUTABLE: to_char depends on settings, by its declaration.
CREATE FUNCTION "audit_event_hash"(before text, e "audit_events") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    before, e."id", to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    e."action", e."actor_id", e."actor_label", e."target_type", e."target_id", e."target_label",
    e."door", e."address", e."request_id", e."details"
  )::text, 'UTF8')), 'hex')
$$;

-- Chains up to "most" events behind the head, in the order of their numbers. Answers "sealed" when every number that had
-- been taken is settled: its event sealed, or its transaction rolled back; "more" when there are more at once; and
-- "waiting" when a transaction is still running that may hold a number, or another sealer is at work.
CREATE FUNCTION "seal_audit_events"(most integer) RETURNS text LANGUAGE plpgsql
-- Its plans are kept by the connection, also those that were made while the tables were all but empty.
SET "enable_seqscan" = off AS $$
DECLARE
  head "audit_head";
  taken bigint;
  own_xact bigint;
  oldest bigint;
  unsealed record;
  early boolean := false;
  ids bigint[] := '{}';
  hashes text[] := '{}';
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'sealing takes a transaction of its own';
  END IF;
  SELECT * INTO head FROM "audit_head";
  taken := coalesce(pg_sequence_last_value('audit_events_id_seq'), 0);
  IF head."settled_id" >= taken THEN RETURN 'sealed'; END IF;

  -- Held by the transaction, so that it ends with a connection that breaks.
  IF NOT pg_try_advisory_xact_lock(hashtext('seal_audit_events')) THEN RETURN 'waiting'; END IF;
  SELECT * INTO head FROM "audit_head" FOR UPDATE;
  -- Drawn after "taken" was read: whoever had taken a number by then is older.
  own_xact := pg_current_xact_id()::text::bigint;
  oldest := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;

  -- Each statement sees what was committed before it began: so this one sees all of whoever is older than "oldest".
  FOR unsealed IN
    SELECT e AS event,
      -- Whoever is older than all that run has ended; who has not begun by this server's count comes from another
      -- server, whose rows were copied.
      e."xact" >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        AND e."xact" < pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS early
    FROM "audit_events" AS e
    WHERE e."id" > head."settled_id" AND e."id" <= taken
      AND NOT EXISTS (SELECT FROM "audit_seals" AS s WHERE s."event_id" = e."id" AND s."event_id" > head."settled_id")
    ORDER BY e."id" LIMIT most
  LOOP
    -- What comes behind it may be of the same thing, and have happened later: none is sealed before it.
    early := unsealed.early;
    EXIT WHEN early;
    head."last_hash" := "audit_event_hash"(head."last_hash", unsealed.event);
    ids := ids || (unsealed.event)."id";
    hashes := hashes || head."last_hash"::text;
  END LOOP;
  INSERT INTO "audit_seals" ("place", "event_id", "hash")
    SELECT head."last_place" + place, id, hash FROM unnest(ids, hashes) WITH ORDINALITY AS chained(id, hash, place);
  head."last_place" := head."last_place" + cardinality(ids);

  IF head."taken_before_xact" > own_xact THEN
    head."taken_id" := head."settled_id"; -- noted by another server
  ELSIF NOT early AND cardinality(ids) < most AND oldest >= head."taken_before_xact" THEN
    -- Whoever had taken a number at the last look has ended, and all that came of it is sealed.
    head."settled_id" := head."taken_id";
  END IF;
  IF head."settled_id" = head."taken_id" THEN
    head."taken_id" := taken;
    head."taken_before_xact" := own_xact;
  END IF;
  UPDATE "audit_head" SET "last_place" = head."last_place", "last_hash" = head."last_hash",
    "settled_id" = head."settled_id", "taken_id" = head."taken_id", "taken_before_xact" = head."taken_before_xact";
  RETURN CASE WHEN cardinality(ids) = most THEN 'more' WHEN head."settled_id" >= taken THEN 'sealed' ELSE 'waiting' END;
END $$;
