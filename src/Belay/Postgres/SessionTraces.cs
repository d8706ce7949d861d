using System.Text.RegularExpressions;

namespace Belay.Postgres;

/// <summary>What a script may leave in its session beside settings that the server lists.</summary>
internal static partial class SessionTraces
{
    /// <summary>The functions of the server and its extensions that leave something of which the server tells nothing afterwards: a
    /// setting with a dot in its name, which no reset makes unknown again, the state of random(), connections, an origin of
    /// replication.</summary>
    private const string Calls = "set_config|setseed|dblink|replication_origin_session";

    /// <summary>
    /// What is left, and what decides how a new session would begin, as one text, which is another one whenever something may be left that
    /// no server tells of. PL/pgSQL keeps for the whole session the types of the columns that its functions have met, and fails where
    /// they have changed; its setting is there from its first function on. What other languages keep nobody knows. A function in SQL, or
    /// one that sets while it runs, may be called by a trigger or a default.
    /// </summary>
    /// <remarks>What functions of further extensions keep is not seen. The settings at its end are those that a pooler sets in a process of
    /// the server that it had before: to reset all takes them away, and texts would be stored in another encoding.</remarks>
    public const string Question = $$"""
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
                    OR EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
                        WHERE p.oid >= 16384 AND (p.proconfig::text ~ '[{,"][^=,]+[.][^=,]+=' OR CASE
                            WHEN l.lanname <> 'sql' THEN false
                            WHEN p.prosrc = '' THEN pg_catalog.pg_get_functiondef(p.oid) ~* '{{Calls}}'
                            ELSE p.prosrc ~* '{{Calls}}' END))
                THEN pg_catalog.clock_timestamp() END,
            pg_catalog.current_setting('application_name'), pg_catalog.current_setting('client_encoding'),
            pg_catalog.current_setting('DateStyle'), pg_catalog.current_setting('IntervalStyle'), pg_catalog.current_setting('TimeZone'),
            pg_catalog.current_setting('search_path'))
        """;

    /// <summary>Whether a statement names a function that leaves what the server does not tell of.</summary>
    public static bool MayBeOf(string sql) => Call().IsMatch(sql);

    [GeneratedRegex(Calls, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
