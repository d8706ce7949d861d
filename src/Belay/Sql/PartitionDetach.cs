namespace Belay.Sql;

/// <summary>What <c>ALTER TABLE … DETACH PARTITION … CONCURRENTLY</c> names, as written, for <c>to_regclass</c>.</summary>
internal sealed record PartitionDetach(string Parent, string Partition)
{
    /// <summary>The statement that completes one that was interrupted between its two transactions.</summary>
    public string Finalize => $"ALTER TABLE {Parent} DETACH PARTITION {Partition} FINALIZE";

    /// <summary>Reads the statement; null when it is another one.</summary>
    public static PartitionDetach? Of(string sql)
    {
        var tokens = SqlScanner.Significant(sql).Take(24).ToArray();
        var index = 0;
        if (!WrittenName.Skip(sql, tokens, ref index, "ALTER", "TABLE"))
        {
            return null;
        }

        WrittenName.Skip(sql, tokens, ref index, "IF", "EXISTS");
        return WrittenName.Take(sql, tokens, ref index) is { } parent
            && WrittenName.Skip(sql, tokens, ref index, "DETACH", "PARTITION")
            && WrittenName.Take(sql, tokens, ref index) is { } partition
            && WrittenName.Skip(sql, tokens, ref index, "CONCURRENTLY")
            ? new PartitionDetach(parent, partition)
            : null;
    }
}
