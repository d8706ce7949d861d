using Belay.Sql;

namespace Belay.Migrations.Observation;

/// <summary>What one statement did to the copy.</summary>
internal sealed record ObservedStatement
{
    /// <summary>The script's file name.</summary>
    public required string File { get; init; }

    /// <summary>The line it begins in, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Its first words.</summary>
    public required string Title { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The locks that it was the first of its transaction to take and that keep somebody away, the strongest of each
    /// table.</summary>
    public IReadOnlyList<ObservedLock> Locks { get; init; } = [];

    /// <summary>The tables with rows that it rewrote, with their size in bytes before.</summary>
    public IReadOnlyList<(string Relation, long Bytes)> Rewrites { get; init; } = [];

    /// <summary>How many rows it read from first to last of tables that were there before.</summary>
    public long RowsScanned { get; init; }

    /// <summary>Bytes of write-ahead log.</summary>
    public long Wal { get; init; }

    /// <summary>By how many bytes the database's files had grown at its end, with what goes at the end of the transaction; negative when
    /// they shrank, 0 where nobody measured.</summary>
    public long Disk { get; init; }

    /// <summary>What the lexer knows of it.</summary>
    public StatementShape Shape { get; init; } = StatementShape.Of("");

    /// <summary>What it did to each table and view that was there before.</summary>
    public IReadOnlyList<TableEffect> Effects { get; init; } = [];

    /// <summary>What went along with what it dropped, in the server's words.</summary>
    public IReadOnlyList<string> Cascaded { get; init; } = [];

    /// <summary>Where it stands, as compilers write it.</summary>
    public string Place => $"{File}:{Line} {Title}";

    /// <inheritdoc/>
    public override string ToString()
    {
        string?[] parts =
        [
            Quantity.Duration(Duration),
            Wal == 0 ? null : $"{Quantity.Bytes(Wal)} of write-ahead log",
            Disk == 0 ? null : $"{(Disk < 0 ? "-" : "")}{Quantity.Bytes(Math.Abs(Disk))} of disk",
            RowsScanned == 0 ? null : $"{Quantity.Count(RowsScanned, "row")} scanned",
            .. Rewrites.Select(rewrite => $"rewrites {rewrite.Relation} ({Quantity.Bytes(rewrite.Bytes)})"),
            .. Locks.Select(one => one.ToString()),
        ];
        return $"{Place}: {string.Join("; ", parts.OfType<string>())}";
    }
}
