namespace Belay.Reporting.Chain;

/// <summary>What a walk through stored records saw.</summary>
internal sealed class RecordWalkReport
{
    /// <summary>How many records there are.</summary>
    public long Records { get; private set; }

    /// <summary>How many of them have a signature.</summary>
    public long Signed { get; private set; }

    /// <summary>When the first one's run began; null without records.</summary>
    public DateTimeOffset? FirstUtc { get; private set; }

    /// <summary>When the last one's run ended; null without records.</summary>
    public DateTimeOffset? LastUtc { get; private set; }

    /// <summary>The numbers of records whose run ended before that of the record before them: a clock was wrong, or a record came late.
    /// At most ten.</summary>
    public List<long> Late { get; } = [];

    /// <summary>Takes a record in.</summary>
    public void Count(long number, SealedRecord record)
    {
        Records++;
        Signed += record.Seal is null ? 0 : 1;
        if (record.Record.FinishedUtc < LastUtc && Late.Count < 10)
        {
            Late.Add(number);
        }

        (FirstUtc, LastUtc) = (FirstUtc ?? record.Record.StartedUtc, record.Record.FinishedUtc);
    }
}
