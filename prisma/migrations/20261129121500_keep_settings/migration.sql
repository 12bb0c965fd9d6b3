-- What administrators set in the pages, where the environment fixes nothing (docs/decisions/0061).

-- CreateTable
CREATE TABLE "settings" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "value" JSONB NOT NULL DEFAULT '{}',
    "mark" BYTEA,
    "mark_type" VARCHAR(32),
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("id")
);

-- One row, always there: whoever changes it locks it.
ALTER TABLE "settings"
    ADD CONSTRAINT "settings_single_row" CHECK ("id" = 1),
    ADD CONSTRAINT "settings_object" CHECK (jsonb_typeof("value") = 'object'),
    ADD CONSTRAINT "settings_mark_typed" CHECK (("mark" IS NULL) = ("mark_type" IS NULL)),
    ADD CONSTRAINT "settings_mark_small" CHECK (octet_length("mark") BETWEEN 1 AND 49152);

INSERT INTO "settings" ("id") VALUES (1);
