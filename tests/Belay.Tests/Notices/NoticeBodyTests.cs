using System.Text.Json;
using Belay.Notices;
using Belay.Reporting;
using Belay.Tests.Reporting;

namespace Belay.Tests.Notices;

public sealed class NoticeBodyTests
{
    private const string Markup = "<!channel> & <https://evil.example|click> *b* [t](https://evil.example) :smile: \u202e \"";

    private static ReleaseRecord Hostile => Records.Failed() with
    {
        Message = $"relation {Markup} does not exist",
        Hint = Markup,
        Database = $"db:5432/{Markup}",
        Actor = new ReleaseActor("<@U1>", "build-7", "https://ci.example/1"),
    };

    [Fact]
    public void Json_has_one_documented_form_for_the_start_and_the_end()
    {
        Assert.Equal(
            """
            {"format":1,"event":"succeeded","title":"Migrate of db.example.com:5432/shop succeeded in 2.0 s","runId":"1a2b3c",
            "targets":["Migrate"],"database":"db.example.com:5432/shop","actor":{"user":"ada","host":"build-7","runUrl":null},
            "startedUtc":"2025-10-12T10:30:00+00:00","finishedUtc":"2025-10-12T10:30:02+00:00","exitCode":0,"message":null,"hint":null,
            "backup":{"id":"20251012T103000Z-1a2b3c","store":"azure://acc/backups","sizeBytes":2048,"proof":"readback",
            "keepUntilUtc":"2025-10-19T10:30:00+00:00"},"migrations":["0001_add_user_analysis_preferences"],
            "login":{"before":"500 column user.max_reports does not exist","after":"200 with a valid token","passed":true},
            "nobodyLoggedIn":false,"wayBack":null}
            """.ReplaceLineEndings(""),
            NoticeBody.Of(Notice.OfEnd(Records.Succeeded()), WebhookKind.Json));

        using var start = JsonDocument.Parse(NoticeBody.Of(Notice.OfStart(Records.Succeeded()), WebhookKind.Json));
        Assert.Equal("started", start.RootElement.GetProperty("event").GetString());
        Assert.Equal(JsonValueKind.Null, start.RootElement.GetProperty("exitCode").ValueKind);
        Assert.Equal(JsonValueKind.Null, start.RootElement.GetProperty("finishedUtc").ValueKind);
    }

    [Fact]
    public void Slack_gets_foreign_text_as_plain_text_alone_and_escaped_where_it_reads_markup()
    {
        using var body = JsonDocument.Parse(NoticeBody.Of(Notice.OfEnd(Hostile), WebhookKind.Slack));

        var text = body.RootElement.GetProperty("text").GetString()!;
        Assert.StartsWith("Migrate of db:5432/&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<", text, StringComparison.Ordinal);
        var blocks = body.RootElement.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal(["header", "section", "section"], blocks.Select(block => block.GetProperty("type").GetString()));
        Assert.All(Texts(body.RootElement), one =>
        {
            Assert.Equal("plain_text", one.GetProperty("type").GetString());
            Assert.False(one.GetProperty("emoji").GetBoolean());
            Assert.InRange(one.GetProperty("text").GetString()!.Length, 1, 2000);
        });
        Assert.Contains("\\u202e", body.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.True(blocks[2].GetProperty("fields").GetArrayLength() <= 10);
        Assert.True(blocks[0].GetProperty("text").GetProperty("text").GetString()!.Length <= 150);
    }

    [Fact]
    public void Teams_gets_an_adaptive_card_without_a_place_where_it_would_read_markdown()
    {
        using var body = JsonDocument.Parse(NoticeBody.Of(Notice.OfEnd(Hostile), WebhookKind.Teams));

        Assert.Equal("message", body.RootElement.GetProperty("type").GetString());
        var attachment = Assert.Single(body.RootElement.GetProperty("attachments").EnumerateArray());
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var card = attachment.GetProperty("content");
        Assert.Equal(
            ("AdaptiveCard", "1.4", "http://adaptivecards.io/schemas/adaptive-card.json"),
            (card.GetProperty("type").GetString(), card.GetProperty("version").GetString(), card.GetProperty("$schema").GetString()));
        Assert.All(card.GetProperty("body").EnumerateArray(), block =>
        {
            Assert.Equal("RichTextBlock", block.GetProperty("type").GetString());
            Assert.All(
                block.GetProperty("inlines").EnumerateArray(), run => Assert.Equal("TextRun", run.GetProperty("type").GetString()));
        });
        Assert.Contains("[t](https://evil.example)", card.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebhookKind.Json)]
    [InlineData(WebhookKind.Slack)]
    [InlineData(WebhookKind.Teams)]
    public void No_kind_holds_a_secret_or_more_than_its_service_takes(object kind)
    {
        const string Hidden = "notice-secret-91d3";
        _ = new Secret(Hidden);
        var longText = $"{new string('x', 1490)}{Hidden}{string.Concat(Enumerable.Repeat("😀", 40_000))}";
        var run = Records.Failed() with
        {
            Message = longText,
            Hint = longText,
            Database = Hidden,
            WayBack = longText,
            Actor = new ReleaseActor(Hidden, Hidden, $"https://ci.example/{Hidden}"),
            Migrations = [.. Enumerable.Range(1, 5000).Select(one => new ReleaseMigration($"{one:0000}_{Hidden}", Records.Started, 1))],
            Login = new ReleaseLogin(Hidden, Hidden, false),
        };

        var body = NoticeBody.Of(Notice.OfEnd(run), (WebhookKind)kind);

        Assert.DoesNotContain(Hidden, body, StringComparison.Ordinal);
        Assert.DoesNotContain("notice-secret", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\ufffd", body, StringComparison.Ordinal);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(body), 1, 24_000);
        using var parsed = JsonDocument.Parse(body);
    }

    private static IEnumerable<JsonElement> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object when element.TryGetProperty("emoji", out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };
}
