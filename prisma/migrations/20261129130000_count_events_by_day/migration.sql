-- How often each thing happened on each day, so that nobody who asks has the audit trail read.

-- CreateTable
CREATE TABLE "day_counts" (
    "day" DATE NOT NULL,
    "what" VARCHAR(64) NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "day_counts_pkey" PRIMARY KEY ("day", "what")
);

-- What is sealed already; what is not yet is counted with its seal.
INSERT INTO "day_counts" ("day", "what", "count")
  SELECT (e."at" AT TIME ZONE 'UTC')::date, e."action", count(*)
  FROM "audit_seals" AS s JOIN "audit_events" AS e ON e."id" = s."event_id" GROUP BY 1, 2;

-- Counted when sealed and not when appended: one process seals at a time (docs/decisions/0049), so no request waits for
-- another at the row of a day. By a list of numbers, which is looked up in the index whatever the plan was made for.
CREATE FUNCTION "count_sealed_events"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sealed bigint[] := ARRAY(SELECT "event_id" FROM "new_seals");
BEGIN
  INSERT INTO "day_counts" AS known ("day", "what", "count")
    SELECT (e."at" AT TIME ZONE 'UTC')::date, e."action", count(*)
    FROM "audit_events" AS e WHERE e."id" = ANY (sealed) GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT ("day", "what") DO UPDATE SET "count" = known."count" + EXCLUDED."count";
  RETURN NULL;
END $$;

CREATE TRIGGER "audit_seals_count" AFTER INSERT ON "audit_seals"
  REFERENCING NEW TABLE AS "new_seals" FOR EACH STATEMENT EXECUTE FUNCTION "count_sealed_events"();
