using System.Text.RegularExpressions;
using Belay.Migrations.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Asks the catalogue about indexes that are built concurrently, and drops what a failed build left.</summary>
internal sealed partial class IndexCatalog(NpgsqlConnection connection, IReleaseOutput output)
{
    /// <summary>Whether the index is there and valid: null when it is not there, false when it is invalid.</summary>
    public async Task<bool?> IsValidAsync(IndexBuild index, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT i.indisvalid FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE c.relname = $1 AND c.relnamespace = (SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = to_regclass($2))
            """,
            connection)
        {
            Parameters = { new() { Value = index.Name }, new() { Value = index.Table } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as bool?;
    }

    /// <summary>The invalid indexes of the database that nobody is building now, as qualified names.</summary>
    public async Task<IReadOnlyList<string>> InvalidAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid AND c.relkind = 'i'
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.relation = i.indexrelid AND l.granted AND l.pid <> pg_backend_pid())
            ORDER BY 1
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>Drops the statement's own index when an earlier attempt left it invalid; IF NOT EXISTS would call it success.</summary>
    public async Task DropCarcassAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        if (IndexBuild.Of(statement.Sql) is not { } index || await IsValidAsync(index, cancellationToken) is not false)
        {
            return;
        }

        // The same name may stand in several schemas; the statement's own is that of its table.
        await using var command = new NpgsqlCommand(
            """
            SELECT format('%I.%I', n.nspname, $1) FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($2)
            """,
            connection)
        {
            Parameters = { new() { Value = index.Name }, new() { Value = index.Table } },
        };
        if (await command.ExecuteScalarAsync(cancellationToken) is string name && (await InvalidAsync(cancellationToken)).Contains(name))
        {
            await DropAsync(name, cancellationToken);
        }
    }

    /// <summary>Drops the copies that REINDEX CONCURRENTLY left since the invalid indexes were last listed; other sessions' builds are no copies.</summary>
    public async Task DropCopiesAsync(IReadOnlyList<string> before, CancellationToken cancellationToken)
    {
        foreach (var name in (await InvalidAsync(cancellationToken)).Except(before).Where(name => CopyName().IsMatch(Unquoted(name))))
        {
            await DropAsync(name, cancellationToken);
        }
    }

    private async Task DropAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"DROP INDEX CONCURRENTLY IF EXISTS {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        output.Line($"Dropped the invalid index {name}, which a failed attempt had left");
    }

    private static string Unquoted(string qualifiedName)
    {
        var last = SqlScanner.Significant(qualifiedName).Last();
        return IndexBuild.Identifier(last.In(qualifiedName));
    }

    [GeneratedRegex("_cc(new|old)[0-9]*$")]
    private static partial Regex CopyName();
}
