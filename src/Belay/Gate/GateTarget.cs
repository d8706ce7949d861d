using Belay.Postgres;

namespace Belay.Gate;

/// <summary>The database that a backup must be of, as the connection sees it that is to change it.</summary>
public sealed record GateTarget
{
    /// <summary>The database.</summary>
    public required DatabaseIdentity Database { get; init; }

    /// <summary>The running server, which a physical copy of its cluster is not.</summary>
    public required ServerPosition Server { get; init; }

    /// <summary>The last change that was recorded, whoever made it; null for none.</summary>
    internal LastChange? LastChange { get; init; }

    /// <summary>How many tables the database has beside Belay's own.</summary>
    public long Tables { get; init; }
}
