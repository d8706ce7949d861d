using Belay.Postgres;
using Belay.Reporting.Facts;
using Belay.Watching.Activity;
using Belay.Verification;
using Belay.Watching.Logs;
using Npgsql;

namespace Belay.Watching;

/// <summary>Looks again and again whether a release stays well: logins, checks, what the server counts and logs, and a session from
/// before.</summary>
/// <remarks>It changes nothing, and what it cannot look at it says.</remarks>
internal sealed class Watcher(WatchRequest request, IReleaseOutput output, TimeProvider timeProvider)
{
    /// <summary>Checks may read whole tables: they are run at the beginning, at the end, and not more often than this between.</summary>
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromMinutes(1);

    /// <summary>A pause ends a little early or late.</summary>
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(20);

    private readonly WatchTally logins = new("login", "logins");
    private readonly WatchTally checks = new("run", "runs", "of the checks");
    private readonly WatchTally looks = new("look", "looks", "at the database");
    private readonly ActivityTally activity = new(timeProvider);
    private readonly SortedSet<string> unseen = new(StringComparer.Ordinal);
    private readonly LogErrors errors = new(request.Connector.Target.Database, request.Names);
    private readonly long begun = timeProvider.GetTimestamp();
    private IReadOnlyList<string> session = [];
    private ServerLog? log;
    private bool isLogLost;
    private long? checkedLast;
    private string? checksFault;

    /// <summary>What was seen so far.</summary>
    public ReleaseWatch Seen => new()
    {
        Seconds = Math.Round(Elapsed.TotalSeconds, 1),
        Logins = logins.Tried,
        LoginsFailed = logins.Failed,
        FirstLoginFailure = logins.First,
        Checks = checks.Tried,
        ChecksFailed = checks.Failed,
        FirstCheckFailure = checks.First,
        DatabaseFailures = looks.Failed,
        FirstDatabaseFailure = looks.First,
        Activity = activity.Elapsed > TimeSpan.Zero ? activity.Lines(request.Before?.Activity) : [],
        Errors = log is null ? [] : errors.Lines(),
        EarlierSession = session,
        NotLookedAt = [.. unseen],
    };

    private TimeSpan Left => request.Settings.For - Elapsed;

    private TimeSpan Elapsed => timeProvider.GetElapsedTime(begun);

    /// <summary>Watches to the end, whatever it sees.</summary>
    /// <param name="cancellationToken">Stops watching; what was seen stays seen.</param>
    /// <exception cref="WatchException">A login failed, a check failed, or in the end the database did not answer or the checks could
    /// not run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        SayWhatIsNotThere();
        await OpenLogAsync(cancellationToken);
        var lastLook = false;
        while (true)
        {
            var isLast = Left < Instant;
            await LogInAsync(cancellationToken);
            await CheckAsync(isLast, cancellationToken);
            lastLook = await LookAsync(cancellationToken);
            await LookAtSessionAsync(cancellationToken);
            output.Progress(
                $"Watching, {Quantity.Duration(Elapsed)} of {Quantity.Duration(request.Settings.For)}: {logins.Summary}, {checks.Summary}");
            if (isLast)
            {
                break;
            }

            var pause = Left < request.Settings.Interval ? Left : request.Settings.Interval;
            await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, timeProvider, cancellationToken);
        }

        Judge(lastLook);
    }

    private void SayWhatIsNotThere()
    {
        if (request.Logins.Count == 0)
        {
            unseen.Add("logins: SMOKE_URL is not set");
        }

        if (request.Checks is null)
        {
            unseen.Add("checks: there are none to run");
        }

        if (request.Before is not { SessionFault: null, Session: not null })
        {
            var reason = request.Before is null
                ? "Watch alone can open none; ./build.sh Migrate Watch does"
                : request.Before.SessionFault ?? "this run migrated nothing by itself";
            unseen.Add($"sessions from before the migration: {reason}");
        }

        if (request.Before is not { Activity.HasRate: true })
        {
            unseen.Add("rates before the migration: the run looked at the database for less than ten seconds before it");
        }
    }

    private async Task LogInAsync(CancellationToken cancellationToken)
    {
        foreach (var login in request.Logins)
        {
            var attempt = await login.AskAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (logins.Add(timeProvider.GetUtcNow(), attempt.Succeeded ? null : $"{login.Name}: {attempt.Summary}"))
            {
                output.Warn($"{login.Name}: {attempt.Summary}");
            }
        }
    }

    private async Task CheckAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (request.Checks is null
            || !(isLast || checkedLast is not { } last || timeProvider.GetElapsedTime(last) >= BetweenChecks))
        {
            return;
        }

        checksFault = null;
        try
        {
            var report = await request.Checks(cancellationToken);
            var fault = report.Failed is [var first, ..] ? $"{first.Check.Title}: {string.Join("; ", first.Differences)}" : null;
            if (!report.HasVerified)
            {
                unseen.Add("checks: none expects anything");
            }
            else if (checks.Add(timeProvider.GetUtcNow(), fault))
            {
                output.Warn($"Check {fault}");
            }
        }
        catch (BelayException fault)
            when (fault is DatabaseUnreachableException or DatabaseUnreadableException or VerificationException)
        {
            // The database may answer all the same: it may have refused the checks alone.
            checksFault = fault.Message;
            if (unseen.Add($"checks, at least once: {checksFault}"))
            {
                output.Warn($"The checks could not run: {checksFault}");
            }
        }
        finally
        {
            checkedLast = timeProvider.GetTimestamp();
        }
    }

    /// <summary>Asks the server for what it counts and writes.</summary>
    /// <returns>Whether it answered.</returns>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        string? fault = null;
        try
        {
            await request.Connector.ReadAsync("watch", connection => LookAsync(connection, cancellationToken), cancellationToken);
        }
        catch (BelayException exception) when (exception is DatabaseUnreachableException or DatabaseUnreadableException)
        {
            fault = exception.Message;
        }

        if (looks.Add(timeProvider.GetUtcNow(), fault))
        {
            output.Warn(fault!);
        }

        return fault is null;
    }

    private async Task<bool> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        activity.Add(await ActivitySample.ReadAsync(connection, timeProvider, cancellationToken));
        try
        {
            await ReadLogAsync(connection, cancellationToken);
        }
        catch (PostgresException refused) when (!refused.SqlState.StartsWith("57P", StringComparison.Ordinal))
        {
            // The database is well; the log is not to be had any more.
            unseen.Add($"the server's log, from {Quantity.Utc(timeProvider.GetUtcNow())} on: {HarmlessText.Of(refused.MessageText)}");
            isLogLost = true;
        }

        return true;
    }

    private async Task ReadLogAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (log is null || isLogLost)
        {
            return;
        }

        foreach (var kind in errors.Add(await log.ReadAsync(connection, cancellationToken)))
        {
            output.Warn($"The server's log has an error that names what the release touched: {kind}");
        }

        if (log.Skipped > 0)
        {
            unseen.Add("the server's log: it grew by more than anybody reads at once, and some of it was passed over");
        }
    }

    private async Task OpenLogAsync(CancellationToken cancellationToken)
    {
        try
        {
            log = await request.Connector.ReadAsync(
                "watch", connection => ServerLog.OpenAsync(connection, cancellationToken), cancellationToken);
            if (log.IsPlain)
            {
                unseen.Add("in the server's log: of which database and program an error is, and its statement; csvlog and jsonlog say so");
            }

            if (request.Names.All.Count == 0)
            {
                unseen.Add("in the server's log: what names the release's tables, because no applied migration of the folder names one");
            }
        }
        catch (BelayException fault)
            when (fault is LogUnreadableException or DatabaseUnreachableException or DatabaseUnreadableException)
        {
            unseen.Add($"the server's log: {HarmlessText.Of(fault.Message)}");
        }
    }

    private async Task LookAtSessionAsync(CancellationToken cancellationToken)
    {
        if (request.Before is not { Session: { } held } before)
        {
            return;
        }

        held.Unread.ToList().ForEach(table => unseen.Add($"sessions from before the migration: {table}"));
        try
        {
            if (await held.LookAsync(cancellationToken) is not { } lines)
            {
                unseen.Add("sessions from before the migration: a pooler hands them to other server processes");
                await before.DisposeAsync();
                return;
            }

            lines.Except(session).ToList().ForEach(line => output.Warn($"A session from before the migration: {line}"));
            session = lines.Count > 0 ? lines : [$"{Quantity.Count(held.Count, "table")} read as before the migration"];
        }
        catch (NpgsqlException ended) when (!cancellationToken.IsCancellationRequested)
        {
            unseen.Add($"sessions from before the migration: the server ended it: {HarmlessText.Of(ended.Message)}");
            await before.DisposeAsync();
        }
    }

    private void Judge(bool lastLook)
    {
        if (logins.Failed > 0)
        {
            throw Fault(
                $"{logins.Summary}, first at {logins.First}",
                "look at the application's log; ./build.sh SmokeTest logs in again",
                ExitCodes.SmokeTestFailed);
        }

        if (checks.Failed > 0)
        {
            throw Fault($"{checks.Summary}, first at {checks.First}", "./build.sh Verify shows what was expected and what there is");
        }

        if (!lastLook)
        {
            throw Fault(
                $"the database does not answer; {looks.Summary}, first at {looks.First}",
                "look at the server; ./build.sh Status shows where the database stands");
        }

        if (checksFault is not null)
        {
            throw Fault($"the checks could not run in the end: {checksFault}", "./build.sh Verify runs them again");
        }
    }

    private WatchException Fault(string what, string hint, int exitCode = ExitCodes.VerificationFailed)
        => new($"Watched for {Quantity.Duration(Elapsed)}: {what}", hint, exitCode);
}
