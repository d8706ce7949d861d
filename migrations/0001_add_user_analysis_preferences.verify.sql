-- check: columns exist with correct definitions
-- expect:
--   clear_previous_anomalies | boolean | true | NO
--   max_reports              | integer | 5    | NO
--   max_templates            | integer | 5    | NO
--   show_clear_warning       | boolean | true | NO
SELECT
    column_name,
    data_type,
    column_default,
    is_nullable
FROM information_schema.columns
WHERE table_schema = ANY (current_schemas(false))
  AND table_name = 'user'
  AND column_name IN (
    'clear_previous_anomalies',
    'show_clear_warning',
    'max_reports',
    'max_templates'
)
ORDER BY column_name;

-- check: every user has the default values
-- expect: no rows
SELECT
    id,
    username,
    clear_previous_anomalies,
    show_clear_warning,
    max_reports,
    max_templates
FROM "user"
WHERE clear_previous_anomalies IS DISTINCT FROM TRUE
   OR show_clear_warning IS DISTINCT FROM TRUE
   OR max_reports IS DISTINCT FROM 5
   OR max_templates IS DISTINCT FROM 5
ORDER BY id;

-- check: total users
-- report
SELECT count(*) AS total_users FROM "user";
