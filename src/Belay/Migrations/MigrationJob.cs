using Belay.Sql;
using Belay.Verification;
using Npgsql;

namespace Belay.Migrations;

/// <summary>One migration that is to run now.</summary>
/// <param name="Lock">The runner lock, asked again before COMMIT.</param>
/// <param name="Checks">What must hold before COMMIT.</param>
internal sealed record MigrationJob(RunContext Context, RunnerLock Lock, Migration Migration, IReadOnlyList<Check> Checks)
{
    /// <summary>What it is for, when it runs outside a transaction. The default is the way forward.</summary>
    public JournalPurpose Purpose { get; init; } = JournalPurpose.Forward;

    /// <summary>The longest wait for one lock, per try: the directive's, else the setting's.</summary>
    public TimeSpan LockTimeout => AtLeast(Migration.Directives.LockTimeout ?? Context.Settings.LockTimeout);

    /// <summary>The longest run of one statement: the directive's, else the setting's.</summary>
    public TimeSpan StatementTimeout => AtLeast(Migration.Directives.StatementTimeout ?? Context.Settings.StatementTimeout);

    /// <summary>Runs the checks; null when all hold, else what they say.</summary>
    public async Task<string?> FailedChecksAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => Checks.Count > 0 && await CheckRunner.RunAsync(connection, Checks, cancellationToken) is { Passed: false } report
            ? string.Join('\n', VerificationRenderer.Lines(report))
            : null;

    /// <summary>To the server 0 means no limit.</summary>
    private static TimeSpan AtLeast(TimeSpan limit) => limit < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : limit;
}
