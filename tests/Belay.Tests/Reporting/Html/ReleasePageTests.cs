using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Belay.Reporting;
using Belay.Reporting.Facts;
using Belay.Reporting.Html;
using Belay.Tests.Support;
using FsCheck.Fluent;

namespace Belay.Tests.Reporting.Html;

/// <summary>The page's text. What a browser makes of it is tested with one.</summary>
public sealed partial class ReleasePageTests
{
    [Fact]
    public void Says_first_how_it_ended_and_where_the_database_stands()
    {
        var page = ReleasePage.Of(RichRecord.Succeeded());

        Assert.Contains("<title>db.example.com:5432/shop: succeeded</title>", page, StringComparison.Ordinal);
        InOrder(page, ">Succeeded<", "is committed up to 0002_seats", "id=\"run\"", "id=\"timeline\"", "id=\"next\"");
        InOrder(page, "id=\"next\"", "id=\"backup\"", "id=\"sql\"", "id=\"checks\"", "id=\"login\"");
    }

    [Fact]
    public void Shows_what_was_seen_while_the_release_was_watched()
    {
        var watch = new ReleaseWatch
        {
            Seconds = 600, Logins = 41, LoginsFailed = 1, Checks = 11, ChecksFailed = 0, DatabaseFailures = 0,
            FirstLoginFailure = "2025-10-12 10:31:00 UTC: <500>",
        };

        var page = ReleasePage.Of(RichRecord.Succeeded() with { Watch = watch });

        InOrder(page, "id=\"watch\"", "Watched for 10 min 00 s: 41 logins, of which 1 failed, 11 runs of the checks", "&lt;500&gt;");
    }

    [Fact]
    public void A_failure_comes_before_everything_with_what_to_do()
        => InOrder(
            ReleasePage.Of(RichRecord.Failed()),
            ">Failed (exit 6)<",
            "column &quot;nickname&quot; does not exist",
            "What to do next",
            "id=\"run\"");

    [Fact]
    public void A_script_is_drawn_where_it_ran_and_not_at_all_where_nobody_knows()
    {
        var record = RichRecord.Succeeded();

        Assert.Contains("<rect class=\"good\" x=\"611.25\" width=\"7.33\"", ReleasePage.Of(record), StringComparison.Ordinal);
        Assert.Equal(8, Count(ReleasePage.Of(record), "class=\"bar\""));
        var older = record with { Steps = [.. record.Steps.Select(step => step with { StartedUtc = null })] };
        Assert.Equal(6, Count(ReleasePage.Of(older), "class=\"bar\""));
    }

    [Theory]
    [InlineData("./build.sh Rollback --dry-run shows what is lost", "<pre dir=\"ltr\">./build.sh Rollback --dry-run</pre>")]
    [InlineData("belay Restore --backup b --dry-run shows it", "<p class=\"words\">shows it</p>")]
    [InlineData("./build.sh Status", "<li><pre dir=\"ltr\">./build.sh Status</pre></li>")]
    [InlineData("correct 1.sql, then ./build.sh Migrate", "<li><p class=\"sentence\" dir=\"auto\">correct 1.sql, then ./build.sh Migrate<")]
    public void A_command_stands_as_one_with_what_it_does_beside_it(string step, string markup)
        => Assert.Contains(markup, ReleasePage.Of(RichRecord.Succeeded() with { NextSteps = [step] }), StringComparison.Ordinal);

    [Fact]
    public void The_policy_allows_the_page_s_own_style_and_nothing_else()
    {
        var page = ReleasePage.Of(RichRecord.Succeeded());

        var style = Style().Match(page).Groups["style"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Contains(
            $"content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\"",
            page,
            StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script|\son\w+=|\sstyle=|url\(|@import|src=", page.Replace(Encoded, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_foreign_is_markup_wherever_it_stands()
    {
        var record = RichRecord.Succeeded();
        const string Foreign = "</pre></bdi><b title=\"x\">&amp;'";

        var page = ReleasePage.Of(record with
        {
            Database = Foreign,
            Actor = record.Actor with { User = Foreign, RunUrl = "javascript:alert(1)" },
            Message = Foreign,
            Targets = [Foreign],
            Standing = Foreign,
            Gate = Foreign,
            Settings = new SortedDictionary<string, string> { [Foreign] = Foreign },
            Steps = [new ReleaseStep(Foreign, Foreign, 1, Foreign)],
            SchemaChanges = [Foreign],
            History = [Foreign],
            Migrator = Foreign,
            Login = new ReleaseLogin(Foreign, Foreign, true) { Name = Foreign },
        });

        Assert.DoesNotContain("<b ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.Ordinal);
        Assert.Equal(Count(page, "<pre"), Count(page, "</pre>"));
        Assert.Equal(Count(page, "<bdi"), Count(page, "</bdi>"));
    }

    [Fact]
    public void Any_text_leaves_the_page_the_same_elements()
    {
        var tags = Tags(Records.Failed() with { Message = "a" });

        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => tags.SequenceEqual(Tags(Records.Failed() with { Message = $"a{text}" })))
            .MustHold();
    }

    [Fact]
    public void Secrets_and_what_steers_are_not_in_it()
    {
        _ = new Secret("s3cret-of-the-page");

        var page = ReleasePage.Of(Records.Failed() with { Message = "it is s3cret-of-the-page \u202e\u001b[31m" });

        Assert.Contains("it is *** \\u202e\\x1b[31m", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_difference_of_schemas_is_cut_off_with_its_count()
    {
        string[] lines = [.. Enumerable.Range(0, 300).Select(number => $"+ column c{number}")];

        Assert.Contains(
            "and 100 more lines: see the JSON beside this page",
            ReleasePage.Of(Records.Succeeded() with { SchemaChanges = lines }),
            StringComparison.Ordinal);
    }

    private static readonly string Encoded = System.Net.WebUtility.HtmlEncode(RichRecord.Script);

    private static void InOrder(string page, params string[] texts)
    {
        var body = page[page.IndexOf("<main>", StringComparison.Ordinal)..];
        var places = texts.Select(text => body.IndexOf(text, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    private static int Count(string page, string text) => page.Split(text).Length;

    private static IEnumerable<string> Tags(ReleaseRecord record) => Tag().Matches(ReleasePage.Of(record)).Select(match => match.Value);

    [GeneratedRegex("<style>(?<style>.*)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("</?[a-zA-Z]+")]
    private static partial Regex Tag();
}
