-- One word for it: what the pages call it, in the API and in the audit trail too. Door 2 publishes another
-- (docs/contracts/setup.md), and gives that.
UPDATE "roles" SET "name" = 'Administrator' WHERE "slug" = 'predefined_super_admin';
