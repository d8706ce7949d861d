using System.Text.Json;
using Belay.Reporting;

namespace Belay.Tests.Reporting;

public sealed class ReleaseJsonTests
{
    [Fact]
    public void Reads_back_what_it_writes()
    {
        var text = ReleaseJson.Serialize(Records.Failed());

        Assert.Equal(text, ReleaseJson.Serialize(JsonSerializer.Deserialize<ReleaseRecord>(text, ReleaseJson.Options)!));
        Assert.Contains("\"outcome\": \"failed\"", text, StringComparison.Ordinal);
        Assert.Contains("\"startedUtc\": \"2025-10-12T10:30:00+00:00\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_a_secret_that_JSON_would_escape()
    {
        _ = new Secret("quo\"ted\\secret-of-json");

        var text = ReleaseJson.Serialize(Records.Failed() with { Message = "it is quo\"ted\\secret-of-json" });

        Assert.Contains("\"message\": \"it is ***\"", text, StringComparison.Ordinal);
    }
}
