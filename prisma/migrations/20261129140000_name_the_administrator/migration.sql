-- One word for it: what the pages call it, in the API and in the audit trail too. Door 2 publishes another
-- (docs/contracts/setup.md), and gives that.
-- A role of one's own that is called so already is told apart: names are unique in any case.
UPDATE "roles" SET "name" = "name" || ' (' || "slug" || ')'
  WHERE lower("name") = 'administrator' AND "slug" <> 'predefined_super_admin';
UPDATE "roles" SET "name" = 'Administrator' WHERE "slug" = 'predefined_super_admin';
