-- Whoever is let in is told by mail, in the language in which they came.
ALTER TABLE "join_requests" ADD COLUMN "locale" VARCHAR(8) NOT NULL DEFAULT 'en';
