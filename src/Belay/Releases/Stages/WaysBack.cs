using Belay.Backups.Catalogue;
using Belay.Recovery;
using Belay.Recovery.Restoring;
using Belay.Releases.Work;
using Npgsql;

namespace Belay.Releases.Stages;

/// <summary>What somebody can type whose release failed after its migrations were committed, and what each way would lose. Which loses
/// less, nobody but them knows; where they said so before, and a rehearsal tried it, the release goes that way by itself.</summary>
internal static class WaysBack
{
    /// <summary>Counting must not keep the failure back for longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether there is something to go back from: checks or login failed behind migrations of this run.</summary>
    public static bool Applies(Failure failure, ReleaseRun? run)
        => run?.Record is { Committed.Count: > 0, BackupId: not null }
            && failure.ExitCode is ExitCodes.VerificationFailed or ExitCodes.SmokeTestFailed;

    /// <summary>The failure with both ways in its hint.</summary>
    public static async Task<Failure> NameAsync(Failure failure, ReleaseRun run, CancellationToken cancellationToken)
    {
        var backup = run.Record.BackupId!;
        List<string> lines =
        [
            .. failure.Hint is null ? Array.Empty<string>() : [failure.Hint],
            $"Committed and in force: {string.Join(", ", run.Record.Committed)}. Two ways back:",
            .. await ReadAsync(run, token => RollbackLinesAsync(run, token), cancellationToken),
            $"./build.sh Restore --backup {backup} --confirm {ShellWord.Of(run.Database.Database)}",
            .. await ReadAsync(run, token => RestoreLossesAsync(run, backup, token), cancellationToken),
        ];
        return failure with { Hint = string.Join('\n', lines) };
    }

    /// <summary>What takes back the migrations of this run and no others.</summary>
    /// <exception cref="RecoveryException">Rollback scripts cannot do that; nothing was touched.</exception>
    public static async Task<RollbackPreview> PreviewAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var ran = run.Record.Applied;
        var history = await HistoryReading.AppliedAsync(run, cancellationToken);
        var versions = history.Where(row => !row.IsRepeatable).Select(row => row.Version).ToList();
        var own = ran.Where(row => !row.IsRepeatable).Select(row => row.Version).Order().ToList();
        if (own.Count < ran.Count || !versions.Where(version => version >= own[0]).Order().SequenceEqual(own))
        {
            throw new RecoveryException(
                "No rollback takes back the migrations of this release and no others: some are repeatable, or not the newest ones",
                "./build.sh Rollback --dry-run shows what it would do");
        }

        var target = versions.Where(version => version < own[0]).DefaultIfEmpty().Max();
        return await RollbackStage.PreviewAsync(run, new RollbackGoal(target), cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> RollbackLinesAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var preview = await PreviewAsync(run, cancellationToken);
        return [preview.Command, .. preview.Steps.SelectMany(step => step.LinesIn(run.Database.Database)).Select(Indented)];
    }

    private static string Indented(string line) => $"  {line.TrimStart()}";

    private static async Task<IReadOnlyList<string>> RestoreLossesAsync(ReleaseRun run, string id, CancellationToken cancellationToken)
    {
        var backup = await new BackupCatalog(run.Store).FindAsync(new BackupChoice(id, null), cancellationToken);
        return await run.Connector.ReadAsync(
            "way back",
            connection => new RestoreLosses(connection, backup.Manifest).ReadAsync(run.TimeProvider.GetUtcNow(), cancellationToken),
            cancellationToken);
    }

    /// <summary>A loss that cannot be counted hides neither the failure nor the command.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(
        ReleaseRun run, Func<CancellationToken, Task<IReadOnlyList<string>>> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, run.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await read(linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return
            [
                $"  what that would lose was not counted within {Quantity.Duration(Patience)}; ./build.sh Rollback --dry-run and "
                    + "./build.sh Restore --dry-run count it",
            ];
        }
        catch (Exception fault) when (fault is BelayException or NpgsqlException or IOException or OperationCanceledException)
        {
            return [.. fault.Message.Split('\n').Select(Indented)];
        }
    }

    /// <summary>Goes back, tells how it ended, and puts it on record.</summary>
    /// <returns>Whether it went back; no when nobody asked for it, or when it failed.</returns>
    public static async Task<bool> TakeAsync(ReleaseRun run, Failure failure, CancellationToken cancellationToken)
    {
        var way = run.Settings.OnFailure;
        if (way == FailurePolicy.Stop)
        {
            return false;
        }

        run.Output.Warn($"{failure.Message}\nGoing back by {way.ToString().ToLowerInvariant()}, as --on-failure says");
        try
        {
            var fact = await run.Record.AsideAsync(() => way == FailurePolicy.Rollback
                ? RollBackAsync(run, cancellationToken)
                : RestoreAsync(run, cancellationToken));
            Tell(run, $"went back: {fact}{await LogInAsync(run, cancellationToken)}");
            return true;
        }
        catch (Exception fault)
        {
            var told = Failure.From(fault, run.Request.Host.SignalExitCode());
            Tell(run, $"failed: {told.Message}{(told.Hint is { } hint ? $"\nHint: {hint}" : "")}");
            return false;
        }
    }

    private static async Task<string> RollBackAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var preview = await PreviewAsync(run, cancellationToken);
        preview.Lines.ToList().ForEach(run.Output.Line);
        return await RollbackStage.RunAsync(run, preview, cancellationToken);
    }

    private static async Task<string> RestoreAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        var backup = await new BackupCatalog(run.Store).FindAsync(new BackupChoice(run.Record.BackupId!, null), cancellationToken);
        var preview = await RestoreStage.PreviewAsync(run, backup.Manifest, cancellationToken);
        preview.Lines.ToList().ForEach(run.Output.Line);
        return await RestoreStage.RunAsync(run, preview, cancellationToken);
    }

    private static async Task<string> LogInAsync(ReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Settings.Smoke is null)
        {
            return "";
        }

        try
        {
            return $"; login after it {string.Join(", ", await SmokeTestStage.SummariesAsync(run.Logins, cancellationToken))}";
        }
        catch (BelayException fault)
        {
            return $"; the login fails after it too: {fault.Message}";
        }
    }

    private static void Tell(ReleaseRun run, string text)
    {
        var told = run.Request.Host.Program.In(text);
        run.Output.Line($"Way back: {HarmlessText.Of(told)}");
        run.Record.WentBack(told);
    }
}
