using Belay.Local;
using Belay.Servers;
using CliWrap;
using CliWrap.Buffered;

namespace Belay.IntegrationTests.Support;

/// <summary>A package of Debian with those it needs, fetched by apt and unpacked below the checkout: nothing is installed, so nothing
/// starts a service, and nobody needs to be root where apt's lists are there.</summary>
/// <param name="name">The package as apt calls it.</param>
/// <param name="program">The path of its program below the root.</param>
internal sealed class DebianPackage(string name, string program)
{
    /// <summary>With <c>--reinstall</c> the package comes also where it is installed, and with it those it needs that are not.</summary>
    private const string Fetch = """
        set -e
        cd "$1"
        mkdir -p archives/partial
        fetch() {
            apt-get -q -y -o Debug::NoLocking=true -o Dir::Cache::archives="$PWD/archives" install --no-install-recommends --reinstall --download-only "$1"
        }
        fetch "$2" || { test "$(id -u)" = 0 && apt-get -q -o DPkg::Lock::Timeout=300 update && fetch "$2"; } || exit 1
        rm -rf unpacked
        mkdir unpacked
        for package in archives/*.deb; do dpkg-deb -x "$package" unpacked; done
        rm -rf archives root
        mv unpacked root
        """;

    private readonly string folder = Path.Combine(TestFolder.Kept, name);

    /// <summary>The folder that the package is unpacked in; fetched once per checkout. Skips the test where apt cannot fetch it.</summary>
    public async Task<string> ProvideAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/apt-get"), $"There is no apt-get to fetch {name} with");
        var place = await ServicePlace.PrepareAsync(folder, cancellationToken);
        using var only = await LocalLock.TakeAsync(
            Path.Combine(folder, "lock"), TimeSpan.FromMinutes(10), TimeProvider.System, cancellationToken);
        var root = Path.Combine(place, "root");
        if (!File.Exists(ProgramIn(root)))
        {
            var result = await Cli.Wrap("/bin/sh").WithArguments(["-c", Fetch, "sh", place, name])
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
            Assert.SkipUnless(result.IsSuccess, $"apt-get cannot fetch {name}: {result.StandardError.Trim()}");
        }

        return root;
    }

    /// <summary>The program's path.</summary>
    /// <param name="root">The folder that the package is unpacked in.</param>
    public string ProgramIn(string root) => Path.Combine(root, program);

    /// <summary>Where the libraries are that came along.</summary>
    public static string LibrariesIn(string root)
        => string.Join(':', Directory.EnumerateFiles(root, "*.so*", SearchOption.AllDirectories).Select(Path.GetDirectoryName).Distinct());
}
