using Belay.Postgres;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Whether the role may make what the pending migrations make in its schema. Since PostgreSQL 15 nobody may in <c>public</c>
/// unless it is granted.</summary>
internal sealed class PlacementCheck(NpgsqlConnection connection)
{
    private const string Question = """
        SELECT n.nspname::text, current_user::text FROM pg_catalog.pg_namespace n
        WHERE n.nspname = coalesce($1::name, current_schema()) AND NOT has_schema_privilege(n.oid, 'CREATE')
        """;

    /// <summary>One refusal for each schema that the role may not create in, at the first statement that is sure to need it.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(PendingScripts scripts, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var sure = scripts.Placed.Where(
            one => one.Table is { Guarded: false, Doubt: null } && (one.Table.Schema is not null || !scripts.MakesSchema));
        foreach (var (migration, table) in sure.DistinctBy(one => one.Table.Schema))
        {
            if (await DeniedAsync(table.Schema, cancellationToken) is var (schema, role))
            {
                findings.Add(new Finding(
                    FindingSeverity.Refusal,
                    $"permission denied: \"{role}\" may not create \"{table.Name}\" in the schema \"{schema}\" ({migration.FileName}, "
                        + $"line {table.Line})",
                    $"GRANT CREATE ON SCHEMA {SqlName.Quote(schema)} TO {SqlName.Quote(role)}, as the schema's owner"));
            }
        }

        return [.. findings.DistinctBy(finding => finding.Hint)];
    }

    private async Task<(string Schema, string Role)?> DeniedAsync(string? schema, CancellationToken cancellationToken)
    {
        var rows = await connection.RowsAsync(
            new SqlQuery(Question, SqlQuery.Text(schema)), reader => (reader.GetString(0), reader.GetString(1)), cancellationToken);
        return rows is [var denied, ..] ? denied : null;
    }
}
