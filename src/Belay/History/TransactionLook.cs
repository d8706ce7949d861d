using Belay.Postgres;
using Npgsql;

namespace Belay.History;

/// <summary>What a migration's transaction is before its script and after it.</summary>
/// <param name="Number">The transaction's number; another one when the script has ended the transaction.</param>
/// <param name="History">What Belay's own tables are in it.</param>
internal sealed record TransactionLook(long Number, HistoryMark History)
{
    /// <summary>Looks, in one round trip with other steps.</summary>
    /// <param name="others">What comes before the transaction's number, and what between it and the history.</param>
    /// <param name="failed">Told that it is the look at the history that failed.</param>
    public static async Task<TransactionLook> TakeAsync(
        NpgsqlConnection connection,
        (IEnumerable<SqlStep> Before, IEnumerable<SqlStep> Between) others,
        Action failed,
        CancellationToken cancellationToken)
    {
        var number = 0L;
        HistoryMark? history = null;
        var asked = new SqlStep("SELECT pg_catalog.txid_current()")
        {
            Read = async reader => number = (await reader.RowsAsync(row => row.GetInt64(0), cancellationToken)).Single(),
        };
        var looked = new SqlStep(HistoryMark.Question)
        {
            Read = async reader => history = await HistoryMark.ReadAsync(reader, cancellationToken),
            Failed = failed,
        };
        await connection.RunAsync([.. others.Before, asked, .. others.Between, looked], cancellationToken);
        return new TransactionLook(number, history!);
    }
}
