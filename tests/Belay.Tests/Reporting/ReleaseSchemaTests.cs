using System.Text.Json.Nodes;
using Belay.Reporting;
using Belay.Tests.Support;

namespace Belay.Tests.Reporting;

public sealed class ReleaseSchemaTests
{
    private static readonly string Documentation = File.ReadAllText(Path.ChangeExtension(typeof(ReleaseSchema).Assembly.Location, ".xml"));

    private static JsonObject Record => JsonNode.Parse(ReleaseJson.Serialize(Records.Succeeded()))!.AsObject();

    [Fact]
    public void The_published_schema_is_as_Refresh_would_write_it()
        => Assert.Equal(ReleaseSchema.Text(Documentation), File.ReadAllText(RecordSchema.PathOf()));

    [Fact]
    public void Says_of_every_member_what_it_means()
        => Assert.All(
            JsonNode.Parse(ReleaseSchema.Text(Documentation))!["properties"]!.AsObject(),
            member => Assert.False(string.IsNullOrWhiteSpace((string?)member.Value!["description"]), member.Key));

    [Fact]
    public void A_record_is_as_the_schema_says()
    {
        RecordSchema.Demand(ReleaseJson.Serialize(Records.Succeeded()));
        RecordSchema.Demand(ReleaseJson.Serialize(Records.Failed()));
    }

    [Theory]
    [InlineData("actual", "\"much\"")]
    [InlineData("exitCode", "\"0\"")]
    [InlineData("outcome", "\"won\"")]
    [InlineData("finishedUtc", "null")]
    [InlineData("targets", "[7]")]
    public void The_schema_takes_neither_another_member_nor_another_value(string member, string value)
    {
        var record = Record;
        record[member] = JsonNode.Parse(value);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => RecordSchema.Demand(record.ToJsonString()));
    }

    [Fact]
    public void The_schema_misses_what_every_record_has()
    {
        var record = Record;
        record.Remove("runId");

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => RecordSchema.Demand(record.ToJsonString()));
    }
}
