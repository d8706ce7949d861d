using Belay.History;
using Belay.Postgres;
using Npgsql;

namespace Belay.Schema;

/// <summary>The schema after a migration was taken back, beside the one that the history has from before it.</summary>
/// <param name="Before">What the history has.</param>
/// <param name="Now">The schema as it is.</param>
internal sealed record FormerSchema(StoredFingerprint Before, SchemaSnapshot Now)
{
    /// <summary>Whether the two are the same.</summary>
    public bool IsEqual => Now.Sha256 == Before.Sha256;

    /// <summary>What differs, in lines; of an old fingerprint there is only a hash.</summary>
    public IReadOnlyList<string> Differences
    {
        get
        {
            if (Before.Lines.Count == 0 && Now.Lines.Count > 0)
            {
                return ["what differs cannot be told: of that time only a hash is kept"];
            }

            var difference = SchemaDifference.Between(Before.Lines, Now.Lines);
            return [difference.Summary, .. difference.Shown];
        }
    }

    /// <summary>Compares, in the caller's transaction, whatever becomes of that. Null when the history has no fingerprint from before
    /// the migration that can be compared, or this role may not read it.</summary>
    /// <param name="migration">What was taken back, and is in the history no more.</param>
    public static async Task<FormerSchema?> ReadAsync(
        NpgsqlConnection connection, AppliedMigration migration, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("SAVEPOINT belay_schema", cancellationToken);
        FormerSchema? former = null;
        try
        {
            if (await FingerprintStore.ReadBeforeAsync(connection, migration, cancellationToken) is { } before
                && await SchemaReader.ReadAsync(connection, cancellationToken) is { } now
                && before.IsComparable(now))
            {
                former = new FormerSchema(before, now);
            }
        }
        catch (PostgresException)
        {
            former = null;
        }

        await connection.ExecuteAsync("ROLLBACK TO SAVEPOINT belay_schema; RELEASE SAVEPOINT belay_schema", cancellationToken);
        return former;
    }
}
