using Belay.Bench.Dbmate;

namespace Belay.Bench.Logins;

/// <summary><c>dbmate migrate</c>.</summary>
internal sealed class DbmateTool(LoginsPlace place, string program) : IMigrationTool
{
    public string Name => "dbmate";

    /// <summary>Installs dbmate; null where its package has no program for this machine.</summary>
    public static async Task<DbmateTool?> CreateAsync(LoginsPlace place, CancellationToken cancellationToken)
        => await DbmateProgram.EnsureAsync(cancellationToken) is { } program ? new DbmateTool(place, program) : null;

    /// <summary>dbmate makes the transaction itself, so the script's own BEGIN and COMMIT are left out.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = place.NewFolder("dbmate");
        var statements = LoginsMigration.Text.Split('\n').Where(line => line is not ("BEGIN;" or "COMMIT;"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, LoginsMigration.FileName),
            $"-- migrate:up\n{string.Join('\n', statements)}\n-- migrate:down\n",
            cancellationToken);
        var result = await DbmateProgram.MigrateAsync(program, folder, place.Owner, cancellationToken);
        if (!result.IsSuccess)
        {
            throw new BenchException($"dbmate ended with {result.ExitCode}: {Redaction.Apply(result.StandardError.Trim())}");
        }
    }
}
