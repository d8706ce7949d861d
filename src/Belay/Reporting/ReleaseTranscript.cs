using Belay.Preflight;

namespace Belay.Reporting;

/// <summary>The guide's transcript, line by line as a release goes on. Each stage's moment is one method.</summary>
/// <param name="timeProvider">The clock of the first and last line.</param>
internal sealed class ReleaseTranscript(IReleaseOutput output, TimeProvider timeProvider)
{
    private const int Width = 80;

    private static readonly string Box = new('=', Width);
    private static readonly string Rule = new('-', Width);

    private bool changedNothing;

    /// <summary>The head of a release.</summary>
    public void Begin(string database)
    {
        Print(Box, $"Belay release of {database}", Box, $"Started at: {Now()}", "");
    }

    /// <summary>[1/6]: parameters, environment and files were read without fault.</summary>
    public void SettingsLoaded() => Print("[1/6] Environment and settings loaded successfully");

    /// <summary>[2/6]: which database.</summary>
    /// <param name="database">The database as people may see it: <c>host:port/database</c>.</param>
    public void DatabaseConfigured(string database) => Print("[2/6] Database connection configured", $"      Database: {database}");

    /// <summary>[3/6]: which migrations.</summary>
    /// <param name="files">The pending migrations' file names, in order.</param>
    public void MigrationsLoaded(IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        Print(files.Count == 0 ? "[3/6] Migration SQL: nothing pending" : $"[3/6] Migration SQL loaded from: {string.Join(", ", files)}");
    }

    /// <summary>[4/6]: the server answered.</summary>
    /// <param name="serverVersion">The server's <c>version()</c> text.</param>
    public void DatabaseConnected(string serverVersion)
        => Print("[4/6] Database connection verified", $"      PostgreSQL version: {serverVersion}");

    /// <summary>[5/6]: nothing stands in the way.</summary>
    /// <param name="objects">What the pending checks expect and find; null leaves both lines out.</param>
    public void PreflightCompleted(PendingObjects? objects)
    {
        Print("[5/6] Pre-flight checks completed");
        if (objects is null)
        {
            return;
        }

        Print(
            $"      {(objects.AreColumns ? "Existing columns" : "What the checks expect and is there already")}: {objects.Existing} out "
                + $"of {objects.Total}");
        if (objects.Missing.Count > 0)
        {
            Print($"      {(objects.AreColumns ? "Will add" : "Not there yet")}: {string.Join(", ", objects.Missing)}");
        }
    }

    /// <summary>[6/6]: the migrations begin; the server's notices follow.</summary>
    public void MigrationStarted() => Print("", "[6/6] Executing migration...", Rule);

    /// <summary>The migrations are committed.</summary>
    public void MigrationSucceeded()
    {
        Print(Rule, "");
        output.Line("SUCCESS: Migration executed successfully!", LineTone.Good);
        Print("");
    }

    /// <summary>Another migration tool ended without fault. One that changed nothing has not executed a migration,
    /// and nobody says that it had.</summary>
    /// <param name="unchanged">What is as before; null when the schema changed or was not seen.</param>
    public void MigratorEnded(string? unchanged)
    {
        changedNothing = unchanged is not null;
        if (unchanged is null)
        {
            MigrationSucceeded();
        }
        else
        {
            Print(Rule, "", unchanged, "");
        }
    }

    /// <summary>Nothing is pending.</summary>
    public void NothingToMigrate() => Print("", "[6/6] Nothing to migrate: every migration is applied", "");

    /// <summary>The verification's lines under the guide's heading.</summary>
    /// <param name="lines">What <see cref="Verification.VerificationRenderer"/> made of the report.</param>
    public void Verified(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Print("Post-Migration Verification", Rule);
        foreach (var line in lines)
        {
            output.Line(HarmlessText.Of(line), ToneOf(line));
        }

        Print("");
    }

    private static LineTone ToneOf(string line)
        => line.StartsWith("FAILED ", StringComparison.Ordinal) || line.StartsWith("VERIFICATION FAILED", StringComparison.Ordinal)
            ? LineTone.Bad
            : line.StartsWith("VERIFICATION PASSED", StringComparison.Ordinal) ? LineTone.Good
            : line.StartsWith("NOTHING WAS VERIFIED", StringComparison.Ordinal) ? LineTone.Doubtful
            : LineTone.Plain;

    /// <summary>The login before and after.</summary>
    /// <param name="name">What the smoke test is called where there are several; null for the first one.</param>
    /// <param name="before">What the login before the migration came to; null when none was tried.</param>
    /// <param name="after">What the smoke test's login came to.</param>
    public void LoggedIn(string? name, string? before, string after)
        => Print(
        [
            name is null ? "Login Test" : $"Login Test: {name}",
            Rule,
            .. before is null ? (string[])[] : [$"Before: {before}"],
            $"After:  {after}",
            "",
        ]);

    /// <summary>The end of a release that did all it was asked for.</summary>
    public void Completed(bool isDryRun = false)
    {
        Print(Box);
        output.Line(Completion(isDryRun), LineTone.Good);
        Print($"Finished at: {Now()}", Box);
    }

    private string Completion(bool isDryRun)
        => isDryRun
            ? "Dry run completed: nothing was kept"
            : changedNothing ? "Release completed: the migrator changed nothing" : "Migration completed successfully!";

    private string Now() => Quantity.Utc(timeProvider.GetUtcNow());

    private void Print(params IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.Line(HarmlessText.Of(line));
        }
    }
}
