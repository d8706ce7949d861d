using System.Text.RegularExpressions;
using Belay.Settings;
using CliWrap.Buffered;

namespace Belay.Postgres;

/// <summary>Finds the sets of PostgreSQL programs on this machine.</summary>
public static partial class PostgresInstallations
{
    private static readonly string[] ServerPrograms = ["initdb", "pg_ctl", "postgres"];
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(20);

    /// <summary>The installations of this machine: the one that <c>PG_BIN</c> names first, then the newest first.</summary>
    public static Task<IReadOnlyList<PostgresTools>> FindAsync(CancellationToken cancellationToken)
        => FindAsync(PostgresSearch.OfThisMachine(), cancellationToken);

    /// <summary>The installations in the given places, each once, however many links lead to it.</summary>
    internal static async Task<IReadOnlyList<PostgresTools>> FindAsync(PostgresSearch search, CancellationToken cancellationToken)
    {
        var found = new List<PostgresTools>();
        foreach (var folder in search.Folders().Select(FolderOfPrograms).OfType<string>().Distinct(StringComparer.Ordinal).ToList())
        {
            if (await ReadAsync(folder, "pg_dump", search.TimeProvider, cancellationToken) is { } tools)
            {
                found.Add(tools);
            }
        }

        var chosen = search.Chosen is null ? null : FolderOfPrograms(search.Chosen);
        return [
            .. found.OrderByDescending(tools => tools.Folder == chosen)
                .ThenByDescending(tools => Comparable(tools.Version))
                .ThenByDescending(tools => tools.HasServer),
        ];
    }

    /// <summary>The version in a program's answer to <c>--version</c>, for example <c>15.18</c> or <c>18beta1</c>;
    /// null when it says none.</summary>
    /// <param name="answer">For example <c>pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)</c>.</param>
    internal static string? VersionIn(string answer)
        => VersionPattern().Match(answer) is { Success: true } match ? match.Groups["version"].Value : null;

    /// <summary>Reads one folder's tools by asking a program for its version.</summary>
    /// <returns>Null when the program is not there or does not run here.</returns>
    public static async Task<PostgresTools?> ReadAsync(
        string folder, string program, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var tools = new PostgresTools(folder, "0", HasServer: false);
        if (!File.Exists(tools.PathOf(program)))
        {
            return null;
        }

        using var limit = new CancellationTokenSource(VersionLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = await ChildEnvironment.Program(tools.PathOf(program))
                .WithArguments("--version")
                .ExecuteBufferedAsync(either.Token);
            var hasServer = ServerPrograms.All(name => File.Exists(tools.PathOf(name)));
            return VersionIn(answer.StandardOutput) is { } version ? new PostgresTools(folder, version, hasServer) : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A program of another architecture, without permission or that hangs is no installation; the search goes on.
            return null;
        }
    }

    /// <summary>The real folder of pg_dump. Debian's /usr/bin/pg_dump is a Perl wrapper that picks a
    /// version by its own rules, so it does not count.</summary>
    private static string? FolderOfPrograms(string folder)
    {
        var program = new FileInfo(new PostgresTools(folder, "0", HasServer: false).PathOf("pg_dump"));
        if (!program.Exists)
        {
            return null;
        }

        var real = RealPath.Of(program.FullName);
        return Path.GetFileNameWithoutExtension(real) == "pg_dump" ? Path.GetDirectoryName(real) : null;
    }

    private static Version Comparable(string version)
    {
        var numbers = NumberPattern().Matches(version).Select(match => int.Parse(match.Value)).Append(0).Append(0).ToList();
        // A beta sorts below the release of the same number.
        var released = version.All(character => char.IsAsciiDigit(character) || character == '.') ? 1 : 0;
        return new Version(numbers[0], released == 1 ? numbers[1] : 0, released, numbers[1]);
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<version>\d\S*)")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\d{1,6}")]
    private static partial Regex NumberPattern();
}
