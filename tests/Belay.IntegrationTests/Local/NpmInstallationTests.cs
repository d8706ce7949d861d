using Belay.History;
using Belay.Local.Node;

namespace Belay.IntegrationTests.Local;

/// <summary>A package without anything in it, which needs no registry.</summary>
public sealed class NpmInstallationTests : IDisposable
{
    private readonly string folder = TestFolder.New("npm");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Tells_of_the_installation_when_there_is_one()
    {
        var told = new List<string>();
        var package = new NpmPackage(
            "Nothing",
            typeof(NpmInstallationTests).Assembly,
            "a package for this test",
            (message, hint, cause) => new MigrationException(message, ExitCodes.PreflightRefused, hint, cause)) { Told = told.Add };

        await NpmInstallation.EnsureAsync(package, folder, TimeProvider.System, Token);
        await NpmInstallation.EnsureAsync(package, folder, TimeProvider.System, Token);

        Assert.Equal("Installing Nothing from npm, once for this checkout …", told[0]);
        Assert.StartsWith("Nothing is installed, in ", told[1], StringComparison.Ordinal);
        Assert.Equal(2, told.Count);
    }
}
