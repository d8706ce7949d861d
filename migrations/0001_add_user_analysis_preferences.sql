-- Adds the analysis preferences and limits of a user: four columns that the application already selects.
-- Safe to run again: a column that exists is skipped. Runs with Belay, or with: psql "$DATABASE_URL" -f <this file>
\set ON_ERROR_STOP on

BEGIN;
\set QUIET on

DO $migration$
DECLARE
    target CONSTANT regclass := '"user"'::regclass;
BEGIN
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'clear_previous_anomalies' AND NOT attisdropped) THEN
        RAISE NOTICE 'Column already exists, skipping: clear_previous_anomalies';
    ELSE
        ALTER TABLE "user" ADD COLUMN clear_previous_anomalies BOOLEAN NOT NULL DEFAULT TRUE;
        RAISE NOTICE 'Added column: clear_previous_anomalies';
    END IF;

    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'show_clear_warning' AND NOT attisdropped) THEN
        RAISE NOTICE 'Column already exists, skipping: show_clear_warning';
    ELSE
        ALTER TABLE "user" ADD COLUMN show_clear_warning BOOLEAN NOT NULL DEFAULT TRUE;
        RAISE NOTICE 'Added column: show_clear_warning';
    END IF;

    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'max_reports' AND NOT attisdropped) THEN
        RAISE NOTICE 'Column already exists, skipping: max_reports';
    ELSE
        ALTER TABLE "user" ADD COLUMN max_reports INTEGER NOT NULL DEFAULT 5;
        RAISE NOTICE 'Added column: max_reports';
    END IF;

    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'max_templates' AND NOT attisdropped) THEN
        RAISE NOTICE 'Column already exists, skipping: max_templates';
    ELSE
        ALTER TABLE "user" ADD COLUMN max_templates INTEGER NOT NULL DEFAULT 5;
        RAISE NOTICE 'Added column: max_templates';
    END IF;
END
$migration$;

COMMENT ON COLUMN "user".clear_previous_anomalies IS 'User preference for clearing previous anomalies on new analysis';
COMMENT ON COLUMN "user".show_clear_warning IS 'Whether to show warning modal before clearing anomalies';
COMMENT ON COLUMN "user".max_reports IS 'Database efficiency limit - max analysis reports per user';
COMMENT ON COLUMN "user".max_templates IS 'Database efficiency limit - max warehouse templates per user';

DO $verification$
DECLARE
    found integer;
BEGIN
    SELECT count(*) INTO found
    FROM pg_attribute
    WHERE attrelid = '"user"'::regclass
      AND attname IN ('clear_previous_anomalies', 'show_clear_warning', 'max_reports', 'max_templates')
      AND NOT attisdropped;

    RAISE NOTICE '================================================';
    RAISE NOTICE 'Migration verification: % out of 4 columns exist', found;
    RAISE NOTICE '================================================';

    IF found <> 4 THEN
        RAISE EXCEPTION 'Migration verification failed: % out of 4 columns exist', found;
    END IF;

    RAISE NOTICE 'SUCCESS: All 4 columns have been added successfully!';
END
$verification$;

\set QUIET off
COMMIT;
