using Belay.IntegrationTests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Belay.IntegrationTests.Support;

/// <summary>One Chromium for the whole run, started by the first test that asks for it: the system's, or Debian's, unpacked.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private const string System = "/usr/bin/chromium";
    private static readonly DebianPackage Package = new("chromium", "usr/lib/chromium/chromium");

    private readonly SemaphoreSlim starting = new(1);
    private readonly string home = TestFolder.New("browser");
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser. Skips the test, with the reason, where there is none to be had.</summary>
    public async Task<IBrowser> OpenAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            return browser ??= await StartAsync(cancellationToken);
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        starting.Dispose();
        Directory.Delete(home, recursive: true);
    }

    private async Task<IBrowser> StartAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Chromium is started from Debian's package, on Linux alone");
        var (program, libraries) = (System, "");
        if (!File.Exists(System))
        {
            var root = await Package.ProvideAsync(cancellationToken);
            (program, libraries) = (Package.ProgramIn(root), DebianPackage.LibrariesIn(root));
        }

        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Env = new Dictionary<string, string>
            {
                ["HOME"] = home, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "", ["LD_LIBRARY_PATH"] = libraries,
            },
        });
    }
}
