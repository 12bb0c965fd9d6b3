-- "jose" finds José (docs/decisions/0038): what is searched is the name without the marks on its letters, kept beside it
-- by the database itself. No extension: not every server has unaccent, and it is not immutable. What this does,
-- lib/users/list/plain-letters.ts does to what is searched for. Case is left to ILIKE.
CREATE FUNCTION "plain_letters"(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE
    WHEN octet_length($1) = char_length($1) THEN $1
    ELSE normalize(
      translate(
        replace(replace(replace(replace(replace(replace(replace(replace(
          regexp_replace(
            normalize($1, NFKD),
            '[\u0300-\u036F\u200C\u200D\uFE00-\uFE0F\U000E0100-\U000E01EF]+', '', 'g'
          ),
          'ß', 'ss'), 'ẞ', 'SS'), 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'), 'þ', 'th'), 'Þ', 'Th'),
        'øØłŁđĐðÐħĦŧŦı’‘ʼ‐‑–—', 'oOlLdDdDhHtTi''''''----'
      ),
      NFC
    )
  END;

-- Of a million users the index is built in half the time when it fits into memory.
SET LOCAL maintenance_work_mem = '256MB';

-- Its trigrams are replaced below; to drop the index first spares writing it for each row.
DROP INDEX IF EXISTS "users_email_name_idx";

-- AlterTable
ALTER TABLE "users" ADD COLUMN "plain_name" TEXT GENERATED ALWAYS AS (plain_letters("name"::text)) STORED;

-- AlterTable
ALTER TABLE "deleted_users" ADD COLUMN "plain_name" TEXT GENERATED ALWAYS AS (plain_letters("name"::text)) STORED;

-- Without pg_trgm the list still searches, by reading every user; `latchkey doctor` says so (see index_users).
DO $$
DECLARE
  home text;
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  SELECT n.nspname INTO STRICT home FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'pg_trgm';
  EXECUTE format(
    'CREATE INDEX "users_email_plain_name_idx" ON "users" USING GIN ("email" %1$I.gin_trgm_ops, "plain_name" %1$I.gin_trgm_ops)',
    home
  );
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE WARNING 'without pg_trgm searches for users are slow: %', SQLERRM;
END $$;

-- How often a text occurs is known from the first search on.
ANALYZE "users" ("plain_name");
