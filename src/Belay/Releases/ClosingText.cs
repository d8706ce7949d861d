namespace Belay.Releases;

/// <summary>The last block of a run that failed: all that somebody needs who has to decide what to do, once.</summary>
internal static class ClosingText
{
    private const int Width = 80;
    private const int NameWidth = 10;

    private static readonly string Rule = new('=', Width);

    /// <summary>The block's lines.</summary>
    public static IReadOnlyList<(string Text, LineTone Tone)> Lines(RunClosing closing)
    {
        var failure = closing.Failure;
        var facts = Facts(closing).OfType<string>().ToList();
        return
        [
            (Rule, LineTone.Plain),
            (Headline(closing), failure.IsCancellation ? LineTone.Doubtful : LineTone.Bad),
            (Rule, LineTone.Plain),
            (failure.Message, LineTone.Plain),
            .. failure.Hint is null ? [] : Plain([$"Hint: {failure.Hint}"]),
            .. facts.Count == 0 ? [] : Plain(["", .. facts]),
        ];
    }

    /// <summary>Prints the block where failures go.</summary>
    public static void Print(RunClosing closing, ReleaseHost host)
    {
        host.Errors.WriteLine();
        foreach (var (text, tone) in Lines(closing))
        {
            host.Errors.WriteLine(host.Paint(HarmlessText.Of(host.Program.In(text)), tone));
        }
    }

    private static string Headline(RunClosing closing)
    {
        var word = closing.Failure.IsCancellation ? "CANCELLED" : "FAILED";
        var what = closing.Record is { Committed: { Count: > 0 } committed }
            ? $"Migration committed ({string.Join(", ", committed)}); {After(closing.Failure)} {word}"
            : closing.Stage is null ? word : $"{closing.Stage} {word}";
        return $"{what}, exit code {closing.Failure.ExitCode}";
    }

    private static string After(Failure failure) => failure.ExitCode switch
    {
        ExitCodes.VerificationFailed => "verification",
        ExitCodes.SmokeTestFailed => "login",
        ExitCodes.MigrationRolledBack or ExitCodes.MigrationPartWay => "a later migration",
        _ => "the release",
    };

    private static IEnumerable<string?> Facts(RunClosing closing) => closing.Record is not { } record ? [] :
    [
        Named("Database", DatabaseStanding.Of(closing.Failure, record)),
        Named("Way back", record.WayBack),
        Named("Login", record.LoginText),
        Named("Backup", record.BackupText),
        Named("Record", closing.Files?.Markdown),
    ];

    private static string? Named(string name, string? text) => text is null ? null : $"{$"{name}:".PadRight(NameWidth)}{text}";

    private static IEnumerable<(string Text, LineTone Tone)> Plain(IEnumerable<string> lines)
        => lines.Select(line => (line, LineTone.Plain));
}
