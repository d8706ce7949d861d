using Npgsql;

namespace Belay.Postgres;

/// <summary>The questions that one session asks again and again: from the third time on its server need not parse and plan them.</summary>
/// <remarks>A script that is over may have taken them away: <c>DEALLOCATE ALL</c> does so, also inside a function. Whoever asks says when
/// that is possible (<see cref="Forgo"/>); then all goes as if nothing had been prepared.</remarks>
internal sealed class PreparedQueries(NpgsqlConnection connection)
{
    /// <summary>Npgsql finds what is prepared by its text; no statement of a script may have that of a question.</summary>
    private const string Marking = " /* belay prepared */";

    private readonly Dictionary<string, SqlQuery> asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> repeated = new(StringComparer.Ordinal);
    private readonly HashSet<string> prepared = new(StringComparer.Ordinal);

    /// <summary>Whether what is prepared is used.</summary>
    public bool IsInUse { get; private set; } = true;

    /// <summary>Whether the server holds anything of it.</summary>
    public bool HasAny => prepared.Count > 0;

    /// <summary>Whether something has been asked twice that is not prepared yet.</summary>
    public bool IsWorthPreparing => IsInUse && repeated.Count > 0;

    /// <summary>The steps, those that are prepared in the form in which the server knows them.</summary>
    public IReadOnlyList<SqlStep> Use(IEnumerable<SqlStep> steps) => [.. steps.Select(Use)];

    /// <summary>Prepares what was asked twice, in one round trip; outside a transaction, which it would end when it fails.</summary>
    /// <exception cref="NpgsqlException">The server refuses: a pooler's session may hold statements of the same names.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var wanted = repeated.ToList();
        repeated.Clear();
        await using var batch = SqlCommands.Batch(connection, wanted.Select(sql => new SqlStep(Marked(asked[sql]))));
        prepared.UnionWith(wanted);
        await batch.PrepareAsync(cancellationToken);
    }

    /// <summary>Prepares what was asked twice, or goes on without.</summary>
    public async Task TryPrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (IsWorthPreparing ? PrepareAsync(cancellationToken) : Task.CompletedTask);
        }
        catch (NpgsqlException)
        {
            // A session that is lost is told by what is asked next.
            Forgo();
        }
    }

    /// <summary>Uses nothing of it any more.</summary>
    public void Forgo() => IsInUse = false;

    /// <summary>Takes it out of a session that is about to end: a pooler may hand that on with all that is prepared in it.</summary>
    public async Task TryRemoveAsync()
    {
        try
        {
            await (HasAny ? connection.ExecuteAsync("DEALLOCATE ALL", CancellationToken.None) : Task.CompletedTask);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The session is over, and what was prepared with it.
            return;
        }
    }

    private static SqlQuery Marked(SqlQuery query) => query with { Sql = query.Sql + Marking };

    private SqlStep Use(SqlStep step)
    {
        if (!IsInUse)
        {
            return step;
        }

        var sql = step.Query.Sql;
        if (prepared.Contains(sql))
        {
            return step with { Query = Marked(step.Query) };
        }

        if (!asked.TryAdd(sql, step.Query))
        {
            repeated.Add(sql);
        }

        return step;
    }
}
