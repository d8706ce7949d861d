using Belay.Migrators;
using Belay.Settings;

namespace Belay.Rehearsal;

/// <summary>What a rehearsal can be told.</summary>
internal static class RehearsalParameters
{
    /// <summary>Whether Migrate rehearses first.</summary>
    public static Parameter<bool> Rehearse { get; } = Declare.Switch(
        "rehearse",
        "Migrate and PlanRelease first rehearse on a copy restored from the backup, and refuse what fails there or goes over a budget")
        .SeeAlso("docs/rehearsal.md");

    /// <summary>The longest time that a lock may keep others from a table.</summary>
    public static Parameter<TimeSpan> MaxLock { get; } = Declare.Duration(
        "max-lock", "Rehearse refuses when a lock keeps readers or writers from a table for longer; 0s for any", "0s", zero: true);

    /// <summary>The longest run of all migrations together.</summary>
    public static Parameter<TimeSpan> MaxDuration { get; } = Declare.Duration(
        "max-duration", "Rehearse refuses when the migrations take longer together; 0s for any", "0s", zero: true);

    /// <summary>The most write-ahead log.</summary>
    public static Parameter<long> MaxWal { get; } = Declare.Size(
        "max-wal", "Rehearse refuses when the migrations write more of the write-ahead log; 0 for any", "0");

    /// <summary>Whether no table may be rewritten.</summary>
    public static Parameter<bool> NoRewrite { get; } = Declare.Switch(
        "no-rewrite", "Rehearse refuses when a table with rows is rewritten");

    /// <summary>The server that the copy is made on.</summary>
    public static Parameter<string?> ScratchUrl { get; } = Declare.Secret(
        "scratch-url",
        "A server, never production's, on which a rehearsal makes its copy: postgresql://role:password@host/postgres")
        .SeeAlso("docs/rehearsal.md");

    /// <summary>The application on the copy.</summary>
    public static Parameter<IReadOnlyList<string>?> SmokeCommand { get; } = new Parameter<IReadOnlyList<string>?>(
        "smoke-command",
        "Command that a rehearsal starts with the copy's DATABASE_URL and a PORT: the application, or a test",
        ParameterKind.Text)
    {
        Reader = text => CommandWords.Split(text) is { Count: > 0 } words ? new(words) : null,
        Rule = "it must be a command with its quotes closed",
    }.SeeAlso("docs/rehearsal.md");

    /// <summary>The role that the command connects as.</summary>
    public static Parameter<string?> SmokeRole { get; } = Declare.Text(
        "smoke-role", "Role that the smoke command connects as on the copy, with its rights in production; left out, it may do everything")
        .SeeAlso("docs/rehearsal.md");

    /// <summary>Its longest run.</summary>
    public static Parameter<TimeSpan> SmokeCommandTimeout { get; } = Declare.Duration(
        "smoke-command-timeout", "Longest run of a smoke command that serves no login", "10min");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        Rehearse, ScratchUrl, MaxLock, MaxDuration, MaxWal, NoRewrite, SmokeCommand, SmokeRole,
        SmokeCommandTimeout,
    ];
}
