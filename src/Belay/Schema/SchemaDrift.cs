using Npgsql;

namespace Belay.Schema;

/// <summary>The schema now beside the one that the last recorded run left.</summary>
/// <param name="Difference">What differs now; null when the two cannot be compared.</param>
internal sealed record SchemaDrift(StoredFingerprint Stored, SchemaDifference? Difference)
{
    /// <summary>Whether the schema is as it was left.</summary>
    public bool IsEqual => Difference is { IsEmpty: true };

    /// <summary>Compares; null when nothing was recorded yet.</summary>
    /// <exception cref="PostgresException">Catalogue or fingerprint could not be read.</exception>
    public static async Task<SchemaDrift?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await FingerprintStore.ReadAsync(connection, cancellationToken) is not { } stored
            || await SchemaReader.ReadAsync(connection, cancellationToken) is not { } now)
        {
            return null;
        }

        return new SchemaDrift(stored, stored.IsComparable(now) ? SchemaDifference.Between(stored.Lines, now.Lines) : null);
    }
}
