using Belay.Local;
using Belay.Servers;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Support.Pooling;

/// <summary>Debian's pgbouncer, fetched by apt and unpacked below the checkout: nothing is installed, so
/// nothing starts a service.</summary>
internal static class PgBouncerPackage
{
    /// <summary>With <c>--reinstall</c> the package comes also where it is installed, and with it those it needs that are not.</summary>
    private const string Fetch = """
        set -e
        cd "$1"
        mkdir -p archives/partial root
        fetch() {
            apt-get -q -y -o Debug::NoLocking=true -o Dir::Cache::archives="$PWD/archives" install --no-install-recommends --reinstall --download-only pgbouncer
        }
        fetch || { test "$(id -u)" = 0 && apt-get -q -o DPkg::Lock::Timeout=300 update && fetch; } || exit 1
        for package in archives/*.deb; do dpkg-deb -x "$package" root; done
        """;

    private static readonly string Folder = Path.Combine(TestFolder.Kept, "pgbouncer");

    /// <summary>The folder that the package is unpacked in; fetched once per checkout. Skips the test where apt cannot fetch it.</summary>
    public static async Task<string> ProvideAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/apt-get"), "There is no apt-get to fetch pgbouncer with");
        var place = await ServicePlace.PrepareAsync(Folder, cancellationToken);
        using var only = await LocalLock.TakeAsync(
            Path.Combine(Folder, "lock"), TimeSpan.FromMinutes(10), TimeProvider.System, cancellationToken);
        var root = Path.Combine(place, "root");
        if (!File.Exists(ProgramIn(root)))
        {
            var result = await Cli.Wrap("/bin/sh").WithArguments(["-c", Fetch, "sh", place])
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
            Assert.SkipUnless(result.IsSuccess, $"apt-get cannot fetch pgbouncer: {result.StandardError.Trim()}");
        }

        return root;
    }

    public static string ProgramIn(string root) => Path.Combine(root, "usr", "sbin", "pgbouncer");

    /// <summary>Where the libraries are that came along.</summary>
    public static string LibrariesIn(string root)
        => string.Join(':', Directory.EnumerateFiles(root, "*.so*", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Distinct());
}
