namespace Belay.Migrations.Observation;

/// <summary>One statement of a script that a run sent to the server.</summary>
internal sealed record TracedStatement
{
    /// <summary>The statement's first line in the script, counted from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The character in that line, counted from 1: two statements may stand on one.</summary>
    public int Column { get; init; } = 1;

    /// <summary>Its text, without passwords and the data of COPY, and without the end of a very long one.</summary>
    public required string Sql { get; init; }

    /// <summary>How long it ran.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether it ended without an error.</summary>
    public bool Completed { get; init; }

    /// <summary>The rows that the server counted; null where it counts none.</summary>
    public long? Rows { get; init; }

    /// <summary>What the server said meanwhile, with its severity before it.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>How many more notices there were.</summary>
    public int NoticesLeftOut { get; init; }
}
