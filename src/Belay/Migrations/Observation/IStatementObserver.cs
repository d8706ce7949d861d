using Belay.Sql;
using Npgsql;

namespace Belay.Migrations.Observation;

/// <summary>Watches what the statements of migrations do to a database that nobody else uses: it asks in their own session.</summary>
internal interface IStatementObserver
{
    /// <summary>A migration begins.</summary>
    Task BeginAsync(Migration migration, CancellationToken cancellationToken);

    /// <summary>Runs a statement and looks at what it did, before its transaction ends.</summary>
    Task AroundAsync(NpgsqlConnection connection, ScriptStatement statement, Func<Task> run, CancellationToken cancellationToken);

    /// <summary>The migration has been committed.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}
