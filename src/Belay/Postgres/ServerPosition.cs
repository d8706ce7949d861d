using NpgsqlTypes;

namespace Belay.Postgres;

/// <summary>A running server and how far its write-ahead log is.</summary>
/// <param name="Lsn">The end of its log, as <c>0/16B3748</c>; on a standby the place up to which it has replayed;
/// null where it does not say.</param>
public sealed record ServerPosition(ServerOrigin Origin, string? Lsn)
{
    /// <summary>Whether a place in the log lies behind the end of this one's, so that it was never in it;
    /// false where either is not known.</summary>
    /// <param name="lsn">The place; null when it is not known.</param>
    public bool IsBefore(string? lsn)
        => NpgsqlLogSequenceNumber.TryParse(lsn ?? "", out var place)
            && NpgsqlLogSequenceNumber.TryParse(Lsn ?? "", out var end)
            && place > end;
}
