using Npgsql;

namespace Belay.Postgres;

/// <summary>A statement that is sent together with others.</summary>
internal sealed record SqlStep(SqlQuery Query)
{
    /// <summary>Reads the answer; null for a statement that answers without rows.</summary>
    public Func<NpgsqlDataReader, Task>? Read { get; init; }

    /// <summary>Told that it is this one that failed.</summary>
    public Action? Failed { get; init; }

    /// <summary>A statement whose answer does not matter.</summary>
    public static SqlStep Deaf(SqlQuery query) => new(query) { Read = _ => Task.CompletedTask };
}
