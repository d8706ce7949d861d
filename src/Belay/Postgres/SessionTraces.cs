using System.Text.RegularExpressions;

namespace Belay.Postgres;

/// <summary>What a script may leave in its session beside settings that the server lists.</summary>
internal static partial class SessionTraces
{
    /// <summary>The functions of the server and its extensions that leave something of which the server tells nothing afterwards: a
    /// setting with a dot in its name, which no reset makes unknown again, the state of random(), connections, an origin of
    /// replication, a temporary slot, a backup.</summary>
    private const string Calls = "set_config|setseed|dblink|replication_origin_session|replication_slot|pg_backup_start|pg_start_backup";

    /// <summary>What a statement may have in it that leaves such a thing: these calls, also by a name with escapes, or the script of an
    /// extension, which is not read.</summary>
    private const string Words = Calls + """|U&"|(^|\W)EXTENSION(\W|$)""";

    /// <summary>What the text of a function may have in it beside: a setting with a dot in its name, a library with settings of its own.
    /// Both .NET and the server read it.</summary>
    private const string Texts = Words + """|(^|\W)(LOAD\s+[^\w\s]|SET\s+((LOCAL|SESSION)\s+)?("[^"]*[.]|"[^"]*"\s*[.]|[\w$]+\s*[.]))""";

    /// <summary>
    /// What is left, and what decides how a new session would begin, as one text, which is another one whenever something may be left that
    /// no server tells of. PL/pgSQL keeps for the whole session the types of the columns that its functions have met, and fails where
    /// they have changed; its setting is there from its first function on. What other languages keep nobody knows. Foreign tables, and
    /// dblink, keep connections. A function that sets while it runs may be called by a trigger or a default.
    /// </summary>
    /// <remarks>What functions of further extensions keep is not seen. The settings at its end are those that a pooler sets in a process of
    /// the server that it had before: to reset all takes them away, and texts would be stored in another encoding.</remarks>
    public const string Question = """
        SELECT pg_catalog.concat_ws('|',
            (SELECT pg_catalog.string_agg(d::text, ',' ORDER BY d.setdatabase, d.setrole) FROM pg_catalog.pg_db_role_setting d
                WHERE d.setdatabase IN (0, (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))
                    AND (d.setrole = 0 OR pg_catalog.pg_get_userbyid(d.setrole) = session_user)),
            (SELECT pg_catalog.concat_ws(' ', pg_catalog.count(*), pg_catalog.max(p.prepare_time)) FROM pg_catalog.pg_prepared_statement() p), (SELECT count(*) FROM pg_catalog.pg_cursor()),
            (SELECT count(*) FROM pg_catalog.pg_listening_channels()),
            (SELECT count(*) FROM pg_catalog.pg_lock_status() l WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'advisory'),
            CASE WHEN pg_catalog.pg_my_temp_schema() <> 0
                THEN (SELECT count(*) FROM pg_catalog.pg_depend d
                    WHERE d.refclassid = 'pg_catalog.pg_namespace'::regclass AND d.refobjid = pg_catalog.pg_my_temp_schema())
                ELSE 0 END,
            CASE WHEN pg_catalog.current_setting('plpgsql.variable_conflict', true) IS NOT NULL
                    OR EXISTS (SELECT FROM pg_catalog.pg_language l WHERE l.lanname NOT IN ('internal', 'c', 'sql', 'plpgsql'))
                    OR EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper)
                    OR EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid >= 16384 AND p.proconfig::text ~ '[{,"][^=,]+[.][^=,]+=')
                THEN pg_catalog.clock_timestamp() END,
            pg_catalog.current_setting('application_name'), pg_catalog.current_setting('client_encoding'),
            pg_catalog.current_setting('DateStyle'), pg_catalog.current_setting('IntervalStyle'), pg_catalog.current_setting('TimeZone'),
            pg_catalog.current_setting('search_path'))
        """;

    /// <summary>
    /// Whether the database has something that calls such a function for a statement that does not name it: a function in SQL, a view, a
    /// default, a check, a trigger, a policy. Expressions are looked at as the server keeps them: to write one as SQL it waits for a lock
    /// on each table that it names, and somebody else may hold that for hours. Functions of before version 14 have texts alone.
    /// </summary>
    public const string Hidden = $$"""
        SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                WHERE p.oid >= 16384 AND l.lanname IN ('internal', 'sql') AND p.prosrc ~* '{{Texts}}')
            OR EXISTS (SELECT FROM (
                    SELECT p.proargdefaults::text FROM pg_catalog.pg_proc p WHERE p.oid >= 16384
                    UNION ALL SELECT pg_catalog.to_jsonb(p) ->> 'prosqlbody' FROM pg_catalog.pg_proc p WHERE p.oid >= 16384 AND p.prosrc = ''
                    UNION ALL SELECT pg_catalog.concat(r.ev_qual, r.ev_action) FROM pg_catalog.pg_rewrite r WHERE r.ev_class >= 16384
                    UNION ALL SELECT d.adbin::text FROM pg_catalog.pg_attrdef d
                    UNION ALL SELECT c.conbin::text FROM pg_catalog.pg_constraint c WHERE c.oid >= 16384
                    UNION ALL SELECT t.typdefaultbin::text FROM pg_catalog.pg_type t WHERE t.oid >= 16384
                    UNION ALL SELECT t.tgqual::text FROM pg_catalog.pg_trigger t
                    UNION ALL SELECT pg_catalog.concat(p.polqual, p.polwithcheck) FROM pg_catalog.pg_policy p) AS stored (expression)
                WHERE expression ~ (SELECT 'funcid (' || pg_catalog.string_agg(f.oid::text, '|') || ') '
                    FROM pg_catalog.pg_proc f WHERE f.oid < 16384 AND f.proname ~ '{{Calls}}'))
        """;

    /// <summary>Whether a statement has something in it that leaves what the server does not tell of, or stores it.</summary>
    public static bool MayBeOf(string sql) => Statement().IsMatch(sql) || (Routine().IsMatch(sql) && Text().IsMatch(sql));

    [GeneratedRegex(Words, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    [GeneratedRegex("FUNCTION|PROCEDURE", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Routine();

    [GeneratedRegex(Texts, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Text();
}
