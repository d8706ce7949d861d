namespace Belay.Notices;

/// <summary>What is told of a run.</summary>
internal enum NoticeEvent
{
    /// <summary>It began: its settings are right, and nothing was touched yet.</summary>
    Started,

    /// <summary>It ended with 0.</summary>
    Succeeded,

    /// <summary>It failed or was refused.</summary>
    Failed,

    /// <summary>A signal ended it.</summary>
    Cancelled,
}
