using Belay.Migrations;
using Belay.Migrations.Sql;

namespace Belay.Preflight;

/// <summary>Finds what the runner would refuse in the pending scripts, before a backup is taken for them.</summary>
internal static class ScriptFindings
{
    /// <summary>A refusal per fault, with file, line and column.</summary>
    /// <param name="pending">The migrations to run.</param>
    /// <param name="serverMajor">The server's major version.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<Migration> pending, int serverMajor)
        => from migration in pending
           from fault in MigrationScript.Read(migration.Text, migration.Directives.NoTransaction, serverMajor).Faults
           select new Finding(FindingSeverity.Refusal, $"{migration.Path}:{fault.Line}:{fault.Column}: {fault.Message}", fault.Hint);
}
