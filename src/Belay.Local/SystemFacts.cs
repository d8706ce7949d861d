namespace Belay.Local;

/// <summary>What decides how PostgreSQL is installed on a machine.</summary>
public sealed record SystemFacts
{
    /// <summary>The kind of system.</summary>
    public required PlatformID Platform { get; init; }

    /// <summary>Whether it is macOS, which is a Unix by its <see cref="Platform"/>.</summary>
    public bool IsMac { get; init; }

    /// <summary>ID and ID_LIKE of /etc/os-release, for example <c>ubuntu</c> and <c>debian</c>; empty elsewhere.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Whether apt-get is there.</summary>
    public bool HasAptGet { get; init; }

    /// <summary>Whether this process is root.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether sudo works without asking for a password.</summary>
    public bool HasFreeSudo { get; init; }

    /// <summary>The families in the text of /etc/os-release.</summary>
    public static IReadOnlyList<string> FamiliesIn(IEnumerable<string> lines)
        => [.. lines.Where(
            line => line.StartsWith("ID=", StringComparison.Ordinal) || line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
            .SelectMany(
                line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]
                    .Trim('"', '\'')
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal)];
}
