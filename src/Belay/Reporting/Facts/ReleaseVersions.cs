namespace Belay.Reporting.Facts;

/// <summary>The versions of what took part in a run.</summary>
internal sealed record ReleaseVersions
{
    /// <summary>Belay's own.</summary>
    public required string Belay { get; init; }

    /// <summary>The server's <c>version()</c> text; null when nobody asked it.</summary>
    public string? Server { get; init; }

    /// <summary>That of pg_dump and pg_restore; null when none was chosen.</summary>
    public string? Tools { get; init; }

    /// <summary>That of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>The machine's operating system.</summary>
    public required string OperatingSystem { get; init; }
}
