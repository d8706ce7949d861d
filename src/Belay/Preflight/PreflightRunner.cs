using Belay.History;
using Belay.Layouts;
using Belay.Migrations;
using Belay.Postgres;
using Belay.Schema;
using Belay.Sql;
using Belay.Storage;
using Npgsql;

namespace Belay.Preflight;

/// <summary>Looks at everything that a release needs, changes nothing, and lists all it finds before it refuses.</summary>
internal sealed class PreflightRunner(PreflightRequest request)
{
    /// <summary>Preflight's queries are small; one that hangs is a finding, not a reason to wait.</summary>
    private const string Limits = "SET statement_timeout = '60s'; SET lock_timeout = '5s'";

    private readonly List<Finding> findings = [];

    /// <summary>Looks, and returns what it saw when nothing stops the release.</summary>
    /// <exception cref="PreflightException">Something stops the release; holds every finding.</exception>
    public async Task<PreflightReport> RunAsync(CancellationToken cancellationToken)
    {
        findings.Clear();
        var files = request.ReadsMigrations ? ReadFolder() : [];
        if (request.RecordFolder is { } folder && RecordFolder.Check(folder) is { } unwritable)
        {
            findings.Add(unwritable);
        }

        await ProbeStoreAsync(cancellationToken);
        var report = await LookAsync(files ?? [], cancellationToken);
        return report is null || findings.Any(finding => finding.Refuses(request.Work))
            ? throw new PreflightException([.. findings], request.Work)
            : report with { Findings = [.. findings] };
    }

    private IReadOnlyList<Migration>? ReadFolder()
    {
        try
        {
            var set = MigrationFolder.Open(request.Migrations.Folder, request.Migrations.Layout);
            findings.AddRange(set.Remarks.Select(remark => new Finding(FindingSeverity.Warning, remark)));
            if (set.Recognition is { } recognition)
            {
                findings.Add(new Finding(FindingSeverity.Information, recognition));
            }

            return set.Migrations;
        }
        catch (MigrationException exception)
        {
            Refuse(exception, ReleaseWork.Migration);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(new Finding(
                FindingSeverity.Refusal,
                $"The migrations in {request.Migrations.Folder} cannot be read: {exception.Message}",
                $"make them readable by {Environment.UserName}") { Stops = ReleaseWork.Migration });
            return null;
        }
    }

    private async Task ProbeStoreAsync(CancellationToken cancellationToken)
    {
        if (request.Store is null)
        {
            return;
        }

        try
        {
            await request.Store.ProbeAsync(cancellationToken);
            findings.Add(
                new Finding(FindingSeverity.Information, $"The store {request.Store.DisplayName} takes, returns and deletes an object"));
            if (request.Store.Weakness is { } weakness)
            {
                findings.Add(new Finding(FindingSeverity.Warning, $"The store {request.Store.DisplayName} has a weakness: {weakness}"));
            }
        }
        catch (StoreException exception)
        {
            Refuse(exception, ReleaseWork.Backup);
        }
    }

    /// <summary>A server that goes away meanwhile is a finding like one that was not there.</summary>
    private async Task<PreflightReport?> LookAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        try
        {
            return await InspectDatabaseAsync(files, cancellationToken);
        }
        catch (NpgsqlException exception) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Add(new Finding(
                FindingSeverity.Refusal,
                $"The server of {request.Target.DisplayName} was lost while preflight looked: {exception.Message}",
                "look at the server's log and the network; then run ./build.sh Preflight"));
            return null;
        }
    }

    private async Task<PreflightReport?> InspectDatabaseAsync(IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        await using var connection = await IsDirectAsync(cancellationToken) ? await TryOpenAsync(cancellationToken) : null;
        if (connection is null)
        {
            await ChooseToolsAsync(null, cancellationToken);
            return null;
        }

        await connection.ExecuteAsync(Limits, cancellationToken);
        return await InspectAsync(connection, files, cancellationToken);
    }

    /// <summary>Asked before anything else: behind a pooler even preflight's own limits would stay with
    /// the application's sessions.</summary>
    private async Task<bool> IsDirectAsync(CancellationToken cancellationToken)
    {
        var before = findings.Count(finding => finding.Severity == FindingSeverity.Refusal);
        try
        {
            await AddAsync(
                "The connection",
                async () => await FixedBackend.FindFaultAsync(
                    new DatabaseConnector(request.Target), request.TwoSessionsWait, request.TimeProvider, cancellationToken) is { } fault
                    ? [new Finding(FindingSeverity.Refusal, fault, FixedBackend.Hint)]
                    : []);
        }
        catch (DatabaseUnreachableException exception)
        {
            Refuse(exception);
        }

        return findings.Count(finding => finding.Severity == FindingSeverity.Refusal) == before;
    }

    private async Task<NpgsqlConnection?> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await new DatabaseConnector(request.Target).OpenAsync("preflight", cancellationToken);
        }
        catch (DatabaseUnreachableException exception)
        {
            Refuse(exception);
            return null;
        }
    }

    private async Task<SchemaDrift?> CompareSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        SchemaDrift? drift = null;
        if (request.Drift != DriftPolicy.Ignore)
        {
            await AddAsync(
                "The schema",
                async () => DriftFindings.Of(drift = await SchemaDrift.ReadAsync(connection, cancellationToken), request.Drift),
                ReleaseWork.Migration);
        }

        return drift;
    }

    private async Task<PreflightReport?> InspectAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        var server = await DatabaseReader.ReadServerAsync(connection, cancellationToken);
        findings.AddRange(ServerFindings.Of(server, request.Target));
        var tools = await ChooseToolsAsync(server, cancellationToken);
        if (server.VersionNumber < ServerFindings.OldestAccepted)
        {
            return null;
        }

        await AddAsync("The sessions", () => SessionFindings.ReadAsync(connection, request.OldTransaction, cancellationToken));
        var drift = await CompareSchemaAsync(connection, cancellationToken);
        var (plan, applied) = await PlanAsync(connection, files, cancellationToken);
        var objects = await InspectPendingAsync(connection, plan.Pending, cancellationToken);
        var report = new PreflightReport
        {
            ServerVersion = server.VersionText,
            Tools = tools,
            Pending = plan.Pending,
            Applied = applied,
            PendingObjects = objects,
            Drift = drift,
            Findings = [],
        };
        return report with { Scope = await ReleaseScope.ReadAsync(connection, request.Migrations.Folder, report, cancellationToken) };
    }

    private async Task<(MigrationPlan Plan, IReadOnlyList<AppliedMigration> Applied)> PlanAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> files, CancellationToken cancellationToken)
    {
        try
        {
            if (!request.ReadsMigrations)
            {
                return (new MigrationPlan([], [], []), await MigrationHistory.ReadAsync(connection, cancellationToken));
            }

            var (applied, plan) = await MigrationPlanReader.ReadAsync(connection, files, request.Migrations, cancellationToken);
            findings.AddRange(
                plan.Faults.Select(
                    fault => new Finding(FindingSeverity.Refusal, fault.Message, fault.Hint) { Stops = ReleaseWork.Migration }));
            findings.AddRange(plan.Warnings.Select(warning => new Finding(FindingSeverity.Warning, warning)));
            return (plan, applied);
        }
        catch (MigrationException exception)
        {
            Refuse(exception, ReleaseWork.Migration);
            return (new MigrationPlan([], [], []), []);
        }
    }

    private async Task<PendingObjects?> InspectPendingAsync(
        NpgsqlConnection connection, IReadOnlyList<Migration> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return null;
        }

        await AddAsync(
            "The privileges",
            () => new PrivilegeCheck(connection, request.Target).RunAsync(pending, cancellationToken),
            ReleaseWork.Migration);
        var (objects, faults) = await PendingChecks.ReadAsync(connection, pending, cancellationToken);
        findings.AddRange(faults.Select(fault => fault with { Stops = ReleaseWork.Migration }));
        if (request.Work.HasFlag(ReleaseWork.Migration))
        {
            findings.AddRange(RollbackFindings.Of(pending, request.Rehearses));
        }

        return objects;
    }

    private async Task<PostgresTools?> ChooseToolsAsync(ServerFacts? server, CancellationToken cancellationToken)
    {
        var (tools, finding) = ToolChoice.Choose(await request.FindTools(cancellationToken), server?.Major);
        findings.Add(
            finding.Severity == FindingSeverity.Refusal && server is not null ? finding with { Stops = ReleaseWork.Backup } : finding);
        return tools;
    }

    /// <summary>Some servers take catalogue views away from ordinary roles: then the release goes on and
    /// the reader knows what was not seen.</summary>
    private async Task AddAsync(string what, Func<Task<IReadOnlyList<Finding>>> inspect, ReleaseWork stops = ReleaseWork.All)
    {
        try
        {
            findings.AddRange(
                (await inspect())
                    .Select(finding => finding.Severity == FindingSeverity.Refusal ? finding with { Stops = stops } : finding));
        }
        catch (PostgresException exception)
        {
            findings.Add(
                new Finding(FindingSeverity.Warning, $"{what} could not be inspected: {exception.SqlState}: {exception.MessageText}"));
        }
    }

    private void Refuse(BelayException exception, ReleaseWork stops = ReleaseWork.All)
        => findings.Add(new Finding(FindingSeverity.Refusal, exception.Message, exception.Hint) { Stops = stops });
}
