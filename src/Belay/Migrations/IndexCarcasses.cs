using Belay.Migrations.Effects;
using Belay.Sql;
using Npgsql;

namespace Belay.Migrations;

/// <summary>Drops the invalid indexes that failed attempts leave: IF NOT EXISTS would call them success.</summary>
internal sealed class IndexCarcasses(RunContext context, MigrationSession session)
{
    private readonly IndexCatalog catalog = new(session.Connection);

    /// <summary>Drops what earlier attempts at the statement left, and names it.</summary>
    /// <exception cref="PostgresException">It cannot be dropped now.</exception>
    public async Task DropAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        foreach (var name in await catalog.CarcassesAsync(statement, cancellationToken))
        {
            await session.WithLockTimeoutAsync(
                context.Settings.ConcurrentLockTimeout,
                () => session.ExecuteAsync($"DROP INDEX CONCURRENTLY IF EXISTS {name}", cancellationToken),
                cancellationToken);
            context.Output.Line($"Dropped the invalid index {name}, which a failed attempt had left");
        }
    }

    /// <summary>Drops them after a failure, which stays the one to report when that fails too.</summary>
    public async Task TryDropAsync(ScriptStatement statement, CancellationToken cancellationToken)
    {
        try
        {
            await DropAsync(statement, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            context.Output.Warn(
                $"The invalid index that the failed attempt left is still there ({exception.Message}); the next attempt drops it first");
        }
    }

    /// <summary>Whether the statement's own index is there and invalid: IF NOT EXISTS passes over one of another table too.</summary>
    public async Task<bool> IsLeftInvalidAsync(ScriptStatement statement, CancellationToken cancellationToken)
        => IndexBuild.Of(statement.Sql) is { } index && await catalog.IsValidAsync(index, cancellationToken) is false;
}
