using Belay.History;
using Belay.Migrations;
using Belay.Sql;

namespace Belay.Recovery;

/// <summary>One migration that a rollback takes back.</summary>
internal sealed record RollbackStep
{
    /// <summary>The applied migration.</summary>
    public required AppliedMigration Migration { get; init; }

    /// <summary>The rollback script.</summary>
    public required ScriptSource Source { get; init; }

    /// <summary>The rollback script as statements.</summary>
    public required MigrationScript Script { get; init; }

    /// <summary>What would be lost, one line for each column and each table, in the script's order; counted before anything runs.</summary>
    public required IReadOnlyList<string> Losses { get; init; }

    /// <summary>What the script itself asks for, whatever the migration did.</summary>
    public MigrationDirectives Directives => DirectiveReader.Read(Source.Path, Source.Text, []);

    /// <summary>The migration's number and name.</summary>
    public string Name => Migration.FullName;

    /// <summary>The longest run of one statement of it: the directive's, else the setting's.</summary>
    public TimeSpan StatementTimeoutOf(MigrationSettings settings) => Directives.StatementTimeout ?? settings.StatementTimeout;

    /// <summary>Which it is, and what would be lost, in lines.</summary>
    public IEnumerable<string> LinesIn(string database) =>
    [
        $"Rollback of {Name}, applied {Quantity.Utc(Migration.AppliedUtc)}, in database {database}:",
        .. Losses.Count == 0 ? ["  the script drops no table and no column that could be counted"] : Losses,
    ];
}
