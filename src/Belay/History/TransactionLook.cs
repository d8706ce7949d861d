using Belay.Postgres;

namespace Belay.History;

/// <summary>A look at a migration's transaction, before its script or after it.</summary>
/// <param name="history">The look at Belay's own tables that belongs to it.</param>
internal sealed class TransactionLook(HistoryLook history)
{
    private const string NumberAlone = "SELECT pg_catalog.txid_current()";

    /// <summary>The transaction's number, another one when the script has ended the transaction; null while it is not known.</summary>
    public long? Number { get; private set; }

    /// <summary>What has been seen of Belay's own tables; null while nothing has been.</summary>
    public HistoryMark? Mark => history.Mark;

    /// <summary>The look for after the script, which tells the same.</summary>
    public TransactionLook Next() => new(history.Next());

    /// <summary>The steps, for a round trip with others.</summary>
    /// <param name="alongside">A question that is asked with the transaction's number, for what it sets; null for none.</param>
    /// <param name="failed">Told that it is one of these that failed.</param>
    public IEnumerable<SqlStep> Steps(SqlQuery? alongside, Action failed, CancellationToken cancellationToken) =>
    [
        new(alongside is { } query ? query with { Sql = $"{NumberAlone}, alongside.* FROM (\n{query.Sql}\n) alongside" } : NumberAlone)
        {
            Read = async reader => Number = (await reader.RowsAsync(row => row.GetInt64(0), cancellationToken)).Single(),
            Failed = failed,
        },
        .. history.Steps(failed, cancellationToken),
    ];

    /// <summary>The steps that are still needed after those; mostly none.</summary>
    public IReadOnlyList<SqlStep> FurtherSteps(CancellationToken cancellationToken) => history.FurtherSteps(cancellationToken);
}
