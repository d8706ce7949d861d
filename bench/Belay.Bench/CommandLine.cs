using System.CommandLine;
using Belay.Backups;
using Belay.Bench.Backups;
using Belay.Bench.Cleanups;
using Belay.Bench.Histories;
using Belay.Bench.Logins;
using Belay.Bench.Rehearsals;
using Belay.Layouts;
using Spectre.Console;

namespace Belay.Bench;

/// <summary>The benchmark's suites, and the one backup that a measuring process runs.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    /// <summary>Runs what the arguments say.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand(
            "Measures Belay beside the tools that people use today.")
            {
                BackupCommand(),
                BackupOnceCommand(),
                HistoryCommand(),
                LoginsCommand(),
                RehearsalCommand(),
                CleanupCommand(),
            };
        return root.Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopLimit });
    }

    private static Command BackupCommand()
    {
        var size = new Option<string>(
            "--size") { Description = "Size of the generated database: 200MB, 1GB, …", DefaultValueFactory = _ => "1GB" };
        var rounds = new Option<int>(
            "--rounds") { Description = "How often each tool runs; medians are printed", DefaultValueFactory = _ => 3 };
        var only = new Option<string?>("--only") { Description = "The rows that run, for example e,f,zstd:1; all when left out" };
        var command = new Command("backup", "Backups of a generated database: pg_dump, rclone, pgBackRest, Belay") { size, rounds, only };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() =>
        {
            var options = SuiteOptions.Read(parsed.GetValue(size)!, parsed.GetValue(rounds), parsed.GetValue(only));
            return new BackupSuite(options, AnsiConsole.Console).RunAsync(cancellationToken);
        }));
        return command;
    }

    private static Command BackupOnceCommand()
    {
        var readback = new Option<bool>(BackupOnce.ReadbackOption);
        var compression = new Option<string?>(BackupOnce.CompressionOption);
        var parallel = new Option<int>(BackupOnce.ParallelOption) { DefaultValueFactory = _ => 1 };
        var command = new Command(BackupOnce.Verb) { readback, compression, parallel };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken)
            => GuardAsync(() => BackupOnce.RunAsync(
                new BackupSettings { Compression = parsed.GetValue(compression), Parallel = parsed.GetValue(parallel) },
                parsed.GetValue(readback),
                cancellationToken)));
        return command;
    }

    private static Command HistoryCommand()
    {
        var folder = new Option<string?>("--histories") { Description = "A folder of migrations, or of such folders" };
        var layout = new Option<string>(
            "--layout")
            {
                Description = "Their layout; recognised when left out",
                DefaultValueFactory = _ => MigrationFolder.AutomaticLayout,
            };
        var rounds = new Option<int>(
            "--rounds") { Description = "How often each tool runs; medians are printed", DefaultValueFactory = _ => 3 };
        var command = new Command("history", "Whole migration histories from scratch: psql, dbmate, Belay") { folder, layout, rounds };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() =>
        {
            var options = HistoryOptions.Read(parsed.GetValue(folder), parsed.GetValue(layout)!, parsed.GetValue(rounds));
            return new HistorySuite(options, AnsiConsole.Console).RunAsync(cancellationToken);
        }));
        return command;
    }

    private static Command LoginsCommand()
    {
        var users = new Option<int>("--users") { Description = "Rows of the table that is migrated", DefaultValueFactory = _ => 2_000_000 };
        var rounds = new Option<int>("--rounds") { Description = "How often each tool runs", DefaultValueFactory = _ => 1 };
        var report = new Option<int>("--report") { Description = "Seconds that the report takes", DefaultValueFactory = _ => 20 };
        var command = new Command(
            "logins-under-migration", "Logins while a migration waits for a report: Belay, psql, dbmate, Npgsql") { users, rounds, report };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() =>
        {
            var options = LoginsOptions.Read(parsed.GetValue(users), parsed.GetValue(rounds), parsed.GetValue(report));
            return new LoginsSuite(options, AnsiConsole.Console).RunAsync(cancellationToken);
        }));
        return command;
    }

    private static Command RehearsalCommand()
    {
        var size = new Option<string>(
            "--size") { Description = "Size of the generated database: 200MB, 1GB, …", DefaultValueFactory = _ => "1GB" };
        var rounds = new Option<int>("--rounds") { Description = "How often each runs", DefaultValueFactory = _ => 1 };
        var command = new Command("rehearsal", "A rehearsal beside fetch, pg_restore -j and psql -f") { size, rounds };
        command.SetAction((parsed, cancellationToken) => GuardAsync(() =>
        {
            var bytes = DataSize.Parse(parsed.GetValue(size)!);
            return new RehearsalSuite(bytes, Math.Max(1, parsed.GetValue(rounds)), AnsiConsole.Console).RunAsync(cancellationToken);
        }));
        return command;
    }

    private static Command CleanupCommand()
    {
        var backups = new Option<int>("--backups") { Description = "How many are deleted", DefaultValueFactory = _ => 2000 };
        var command = new Command("cleanup", "CleanupBackups of many backups in Azurite beside deletes one by one") { backups };
        command.SetAction((parsed, cancellationToken)
            => GuardAsync(() => new CleanupSuite(Math.Max(2, parsed.GetValue(backups)), AnsiConsole.Console).RunAsync(cancellationToken)));
        return command;
    }

    private static async Task<int> GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
            return ExitCodes.Done;
        }
        catch (BelayException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            if (exception.Hint is not null)
            {
                await Console.Error.WriteLineAsync($"Hint: {exception.Hint}");
            }

            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return ExitCodes.Interrupted;
        }
    }
}
