using System.Text.Json;
using Belay.IntegrationTests.Support;
using Belay.Reporting;
using Belay.Reporting.Html;
using Belay.Tests.Reporting;
using Microsoft.Playwright;

namespace Belay.IntegrationTests.Reporting;

/// <summary>The page of a release as a browser shows it.</summary>
public sealed class ReleasePageTests(BrowserFixture browsers) : IDisposable
{
    private readonly string folder = TestFolder.New("pages");
    private readonly List<string> requests = [];
    private readonly List<string> complaints = [];

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Shows_a_release_at_every_width_and_by_day_and_night(int width, ColorScheme scheme)
    {
        var page = await OpenAsync(RichRecord.Succeeded(), width, scheme);

        Assert.Equal("db.example.com:5432/shop: succeeded", await page.TitleAsync());
        await SeesAsync(page, "Succeeded", "is committed up to 0002_seats, which is in force", "ada@build-7", "tag v2.14.0");
        await SeesAsync(page, "How to undo", "Rollback --dry-run", "SHA-256 equal over 2048 bytes", "waits for a lock held by pid 4711");
        await SeesAsync(page, $"NOTICE: {RichRecord.Script}", $"NOTICE: {RichRecord.Arabic}", "columns exist with correct definitions");
        Assert.True(await IsAboveAsync(page, "header", "#timeline"));
        Assert.Equal(7, await page.Locator("svg.bar").CountAsync());
        Assert.Equal(scheme == ColorScheme.Dark, await IsDarkAsync(page));
        Assert.Equal(
            width == 390 ? "grid" : "table-cell",
            await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('td')).display"));
        await DemandCalmAsync(page, $"succeeded-{width}-{scheme}");
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Shows_first_what_failed_and_what_to_do(int width, ColorScheme scheme)
    {
        var page = await OpenAsync(RichRecord.Failed(), width, scheme);

        await SeesAsync(page, "Failed (exit 6)", "column \"nickname\" does not exist", "What to do next");
        await SeesAsync(page, "row 2, max_reports: expected 5, got 6");
        Assert.True(await IsAboveAsync(page, "#failure", "#next"));
        Assert.True(await IsAboveAsync(page, "#next", "#run"));
        await DemandCalmAsync(page, $"failed-{width}-{scheme}");
    }

    [Fact]
    public async Task Shows_a_record_of_an_older_Belay_that_says_less()
    {
        var page = await OpenAsync(Records.Failed() with { Format = 1 }, 390, ColorScheme.Light);

        await SeesAsync(page, "Failed (exit 8)", "Verification failed: 1 of 3 checks", "run ./build.sh Verify");
        await DemandCalmAsync(page, "older");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<IPage> OpenAsync(ReleaseRecord record, int width, ColorScheme scheme)
    {
        var file = Path.Combine(folder, "release.html");
        await File.WriteAllTextAsync(file, ReleasePage.Of(record), Token);
        var browser = await browsers.OpenAsync(Token);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = scheme,
        });
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    private static async Task SeesAsync(IPage page, params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.True(await page.GetByText(text).First.IsVisibleAsync(), $"\"{text}\" is not to be seen");
        }
    }

    private static async Task<bool> IsAboveAsync(IPage page, string upper, string lower)
        => (await page.Locator(upper).BoundingBoxAsync())!.Y < (await page.Locator(lower).BoundingBoxAsync())!.Y;

    private static async Task<bool> IsDarkAsync(IPage page)
        => await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor") == "rgb(15, 19, 24)";

    /// <summary>Nothing asked the network for anything, nothing complained, nothing that is foreign ran, and nobody has to scroll sideways.
    /// With <c>BELAY_PAGES</c> set to a folder the page is left there as a picture, to be looked at.</summary>
    private async Task DemandCalmAsync(IPage page, string name)
    {
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        var widths = await page.EvaluateAsync<JsonElement>(
            "({ all: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth })");
        if (Environment.GetEnvironmentVariable("BELAY_PAGES") is { Length: > 0 } pictures)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures, $"{name}.png"), FullPage = true });
        }

        await page.CloseAsync();
        Assert.Empty(complaints);
        Assert.Equal([new Uri(Path.Combine(folder, "release.html")).AbsoluteUri], requests);
        Assert.Equal(widths.GetProperty("seen").GetInt32(), widths.GetProperty("all").GetInt32());
    }
}
