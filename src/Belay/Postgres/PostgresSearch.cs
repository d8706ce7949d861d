namespace Belay.Postgres;

/// <summary>Where PostgreSQL's programs may be on a machine.</summary>
internal sealed record PostgresSearch
{
    /// <summary>The folder named by <c>PG_BIN</c>; null when it is not set.</summary>
    public string? Chosen { get; init; }

    /// <summary>The folders of <c>PATH</c>, in its order.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Folders whose subfolders, one per version, hold a <c>bin</c> folder each, with the pattern of the subfolders.</summary>
    public IReadOnlyList<(string Folder, string Pattern)> Families { get; init; } = [];

    /// <summary>Measures how long a program may take to say its version.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The usual places of this machine: Debian's, the PostgreSQL project's packages for Red Hat, Homebrew's,
    /// the Windows installer's.</summary>
    public static PostgresSearch OfThisMachine() => new()
    {
        Chosen = NullIfBlank(Environment.GetEnvironmentVariable(PostgresParameters.PgBin.Variable)),
        Path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Families =
        [
            ("/usr/lib/postgresql", "*"),
            ("/usr", "pgsql-*"),
            ("/opt/homebrew/opt", "postgresql*"),
            ("/usr/local/opt", "postgresql*"),
            (System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*"),
        ],
    };

    /// <summary>Every folder to look into, <see cref="Chosen"/> first.</summary>
    internal IEnumerable<string> Folders()
        => (Chosen is null ? [] : new[] { Chosen })
            .Concat(Path.Where(System.IO.Path.IsPathRooted))
            .Concat(Families.Where(family => Directory.Exists(family.Folder))
                .SelectMany(family => Directory.GetDirectories(family.Folder, family.Pattern))
                .Select(folder => System.IO.Path.Combine(folder, "bin")));

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
