namespace Belay.Postgres;

/// <summary>What a server says of itself and of the session.</summary>
internal sealed record ServerFacts
{
    /// <summary><c>version()</c>, for example <c>PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, …</c>.</summary>
    public required string VersionText { get; init; }

    /// <summary><c>server_version_num</c>, for example 150018.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>The size of the database in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Whether the server is a standby.</summary>
    public required bool IsInRecovery { get; init; }

    /// <summary>Whether transactions are read-only unless they ask otherwise.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>The session's role.</summary>
    public required string Role { get; init; }

    /// <summary>The major version: 15 for 15.18, 9 for all of 9.x.</summary>
    public int Major => VersionNumber / 10000;
}
