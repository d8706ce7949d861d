using Belay.Postgres;
using Belay.Settings;

namespace Belay.Tests.Support;

/// <summary>Runs SQL on a database, each time on a connection of its own.</summary>
internal static class TargetSql
{
    public static async Task ExecuteAsync(this DatabaseTarget target, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("test", cancellationToken);
        await connection.ExecuteAsync(sql, cancellationToken);
    }

    /// <summary>The first column of the first row; null for NULL and for no row.</summary>
    public static async Task<object?> ScalarAsync(this DatabaseTarget target, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await new DatabaseConnector(target).OpenAsync("test", cancellationToken);
        return await connection.ScalarAsync(sql, cancellationToken);
    }
}
