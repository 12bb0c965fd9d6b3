/**
 * From now on the database keeps a list of what is written into which table: rows that come, go or differ, in any way
 * but by when they were last used. (What the sealer writes, and what is counted by day, comes later than what it is
 * about.) What was rolled back is not in it. Cheaper than to read every table twice a request, and it also sees what
 * was written and taken back.
 */
export const RECORD_CHANGES = `
  CREATE SCHEMA changes;
  CREATE TABLE changes.made (id bigserial PRIMARY KEY, name text NOT NULL);
  CREATE FUNCTION changes.record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF TG_OP <> 'UPDATE' OR to_jsonb(OLD) - 'last_seen_at' - 'last_used_at'
          IS DISTINCT FROM to_jsonb(NEW) - 'last_seen_at' - 'last_used_at' THEN
        INSERT INTO changes.made (name) VALUES (TG_TABLE_NAME);
      END IF;
      RETURN NULL;
    END $$;
  DO $$ DECLARE t record; BEGIN
    FOR t IN SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_name NOT IN
        ('rate_limits', '_prisma_migrations', 'audit_head', 'audit_seals', 'day_counts')
    LOOP
      EXECUTE format('CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON %I
        FOR EACH ROW EXECUTE FUNCTION changes.record()', t.name);
    END LOOP;
  END $$`;

/** Which change was the last one, of the audit trail's own if these are not looked at. */
export const lastChange = (withoutAudit = false) =>
  `SELECT coalesce(max(id), 0) AS last FROM changes.made ${withoutAudit ? "WHERE name NOT LIKE 'audit\\_%'" : ""}`;
