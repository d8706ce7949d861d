using Belay.Local;
using Belay.Postgres;

namespace Belay.IntegrationTests.Support;

/// <summary>Servers of other major versions than the machine's own, fetched once per checkout.</summary>
public static class OtherServers
{
    public static Task<PostgresTools> ProvideAsync(int major, CancellationToken cancellationToken)
        => new EmbeddedPostgres(Path.Combine(TestFolder.Kept, "embedded-postgres")).ProvideAsync(major, cancellationToken);
}
