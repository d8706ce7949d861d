using Belay.Backups;
using Belay.Postgres;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Backups;

/// <summary>A signal of the terminal or the service manager goes to the program, too, which may end before this process acts on its
/// own.</summary>
public sealed class PostgresProgramTests : IDisposable
{
    private const string Name = "pg_restore";
    private const string SaysSo = "echo 'pg_restore: terminated by user' >&2; exit 1";

    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(300);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-program-");
    private readonly FakeTimeProvider timeProvider = new();

    [Theory]
    [InlineData(SaysSo)]
    [InlineData("kill -TERM $$")]
    [InlineData("exit 130")]
    [InlineData("exit 129")]
    [InlineData("for i in $(seq 400); do echo 'pg_restore: warning: the same warning again' >&2; done; " + SaysSo)]
    [InlineData("echo 'Cancel request sent' >&2; exit 1")]
    [InlineData("echo 'pg_dumppg_dump: finished item 7 TABLE DATA a' >&2; echo ': terminated by user' >&2; exit 1")]
    [InlineData("echo 'pg_dump: pg_dump: terminated by user' >&2; exit 1")]
    public async Task Ended_by_the_signal_that_cancels_the_run_it_is_cancelled_and_no_failure(string script)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = RunAsync(script, cancellation.Token);
        await Task.WhenAny(run, Task.Delay(Enough, Token));

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Theory]
    [InlineData(SaysSo, "ended with exit code 1:\npg_restore: terminated by user")]
    [InlineData("kill -TERM $$", "was ended by signal 15")]
    public async Task Ended_by_a_signal_that_was_sent_to_it_alone_it_has_failed(string script, string told)
    {
        var run = RunAsync(script, Token);
        await AdvanceUntilEndAsync(run);

        Assert.Equal(told, (await run).Describe());
    }

    [Fact]
    public async Task Says_that_it_was_interrupted_where_only_faults_are_kept()
    {
        var run = RunAsync($"echo 'pg_restore: processing data' >&2; {SaysSo}", Token, isFault: _ => false);
        await AdvanceUntilEndAsync(run);

        var outcome = await run;

        Assert.Equal(new ProgramOutcome(1, "pg_restore: terminated by user"), outcome);
        Assert.True(outcome.WasKilled);
    }

    [Fact]
    public async Task Keeps_why_it_ended_behind_more_warnings_than_are_kept()
    {
        const int Warnings = 1000;
        var outcome = await RunAsync(
            $"i=0; while [ $i -lt {Warnings} ]; do i=$((i+1)); echo \"pg_restore: warning: number $i\" >&2; done; "
                + "echo 'it was this' >&2; exit 1",
            Token);

        var lines = outcome.Errors.Split('\n');
        Assert.Equal(
            ("pg_restore: warning: number 1", $"pg_restore: warning: number {Warnings}", "it was this"), (lines[0], lines[^2], lines[^1]));
        var gap = Assert.Single(lines, line => line.StartsWith('…'));
        Assert.Equal($"… ({Warnings + 2 - lines.Length} lines left out)", gap);
    }

    [Theory]
    [InlineData("echo 'pg_restore: error: did not find magic string in file header' >&2; exit 1", 1)]
    [InlineData("echo 'pg_restore: error: schema \"x: pg_restore: terminated by user\" does not exist' >&2; exit 1", 1)]
    [InlineData("echo 'pg_restore: terminated by user' >&2; echo 'pg_restore: error: no' >&2; exit 1", 1)]
    [InlineData("echo 'pg_restore: error: relation terminated by user' >&2; exit 1", 1)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("exit 0", 0)]
    public async Task Ended_otherwise_it_waits_for_no_signal(string script, int exitCode)
        => Assert.Equal(exitCode, (await RunAsync(script, Token)).ExitCode);

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private async Task AdvanceUntilEndAsync(Task run)
    {
        while (!run.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Token);
            timeProvider.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task<ProgramOutcome> RunAsync(string script, CancellationToken cancellationToken, Func<string, bool>? isFault = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        var path = Path.Combine(folder.FullName, Name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var tools = new PostgresTools(folder.FullName, "15.18", HasServer: false);
        return new PostgresProgram(tools, Name) { TimeProvider = timeProvider, IsFault = isFault ?? (_ => true) }
            .RunAsync(cancellationToken);
    }
}
