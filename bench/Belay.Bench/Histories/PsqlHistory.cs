using Belay.Bench.Measuring;
using Belay.Postgres;
using Belay.Settings;

namespace Belay.Bench.Histories;

/// <summary>psql, once for each file as people do it: <c>-v ON_ERROR_STOP=1 -1 -f</c>, without <c>-1</c>
/// where the tool would not wrap it.</summary>
internal sealed class PsqlHistory(PostgresPlace place) : IHistoryTool
{
    public string Name => "psql";

    public async Task<(int Applied, string? Failure, WorkCost Cost)> RunAsync(
        History history, DatabaseTarget database, CancellationToken cancellationToken)
    {
        await using var environment = await LibpqEnvironment.CreateAsync(database, "belay bench", cancellationToken);
        var folder = place.NewFolder("psql");
        var files = PsqlFiles.Read(history.Settings.Folder, history.Settings.Layout)
            .Select((file, index) => (File: file, Path: Path.Combine(folder, $"{index + 1:0000}.sql")))
            .ToList();
        foreach (var (file, path) in files)
        {
            await File.WriteAllTextAsync(path, file.Text, cancellationToken);
        }

        var clock = new WorkClock(place);
        for (var index = 0; index < files.Count; index++)
        {
            if (await new PsqlScript(place.Tools, environment)
                .RunAsync(files[index].Path, files[index].File.InTransaction, cancellationToken) is { } failure)
            {
                return (index, $"{files[index].File.Name}: {failure}", await clock.ReadAsync(cancellationToken));
            }
        }

        return (files.Count, null, await clock.ReadAsync(cancellationToken));
    }
}
