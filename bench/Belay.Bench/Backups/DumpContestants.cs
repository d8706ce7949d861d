using CliWrap;

namespace Belay.Bench.Backups;

/// <summary>pg_dump alone: what people run today, and the fastest that one COPY stream can be.</summary>
/// <param name="variables">How libpq reaches the database.</param>
internal sealed class DumpContestants(BenchPlace place, IReadOnlyDictionary<string, string?> variables)
{
    private const string IntoNothing = "exec \"$@\" > /dev/null";

    /// <summary>One pg_dump, whose size a further run counts, once and outside the measurement.</summary>
    public Contestant Create(string key, string[] options)
    {
        long? size = null;
        return new Contestant
        {
            Key = key,
            Name = $"pg_dump {string.Join(' ', options)} > /dev/null",
            Command = ["sh", "-c", IntoNothing, "sh", place.Tools.PathOf("pg_dump"), .. options],
            Environment = variables,
            CollectAsync = async cancellationToken => size ??= await CountAsync(options, cancellationToken),
        };
    }

    private async Task<long> CountAsync(string[] options, CancellationToken cancellationToken)
    {
        await using var counter = new CountingStream();
        await Cli.Wrap(place.Tools.PathOf("pg_dump")).WithArguments(options).WithEnvironmentVariables(variables)
            .WithStandardOutputPipe(PipeTarget.ToStream(counter)).ExecuteAsync(cancellationToken);
        return counter.Position;
    }
}
