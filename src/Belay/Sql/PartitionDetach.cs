namespace Belay.Sql;

/// <summary>What <c>ALTER TABLE … DETACH PARTITION … CONCURRENTLY</c> names, as written, for <c>to_regclass</c>.</summary>
internal sealed record PartitionDetach(string Parent, string Partition)
{
    /// <summary>The statement that completes one that was interrupted between its two transactions.</summary>
    public string Finalize => $"ALTER TABLE {Parent} DETACH PARTITION {Partition} FINALIZE";

    /// <summary>Reads the statement; null when it is another one.</summary>
    public static PartitionDetach? Of(string sql)
    {
        var reader = TokenReader.Of(sql, 24);
        if (!reader.Take("ALTER", "TABLE"))
        {
            return null;
        }

        reader.Take("IF", "EXISTS");
        return reader.TakeWritten() is { } parent
            && reader.Take("DETACH", "PARTITION")
            && reader.TakeWritten() is { } partition
            && reader.Take("CONCURRENTLY")
            ? new PartitionDetach(parent, partition)
            : null;
    }
}
