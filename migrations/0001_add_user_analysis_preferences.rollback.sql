-- DANGER: This will drop data. Only use for emergency rollback.
\set ON_ERROR_STOP on

BEGIN;

ALTER TABLE "user" DROP COLUMN IF EXISTS clear_previous_anomalies;
ALTER TABLE "user" DROP COLUMN IF EXISTS show_clear_warning;
ALTER TABLE "user" DROP COLUMN IF EXISTS max_reports;
ALTER TABLE "user" DROP COLUMN IF EXISTS max_templates;

COMMIT;
