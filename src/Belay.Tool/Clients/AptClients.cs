namespace Belay.Tool.Clients;

/// <summary>Installs PostgreSQL's client programs with apt: from the system's own sources, or from the PostgreSQL project's, whose
/// signing key the system's package postgresql-common brings along.</summary>
/// <param name="isRoot">Whether this process may install; otherwise sudo must let it without a question.</param>
/// <param name="run">Runs a command, its words given, and returns its exit code.</param>
internal sealed class AptClients(bool isRoot, Func<IReadOnlyList<string>, Task<int>> run)
{
    private const string AddSource = "/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh";

    /// <summary>Installs the programs of a major version.</summary>
    /// <param name="major">For example 17.</param>
    /// <exception cref="ClientException">A command failed.</exception>
    public async Task InstallAsync(int major)
    {
        var package = $"postgresql-client-{major}";
        await DemandAsync("apt-get", "update", "-q");
        if (await run(["apt-cache", "show", "--quiet=2", package]) != 0)
        {
            await DemandAsync("apt-get", "install", "-y", "-q", "ca-certificates", "postgresql-common");
            await DemandAsync(AddSource, "-y");
        }

        await DemandAsync("apt-get", "install", "-y", "-q", package);
    }

    private async Task DemandAsync(params string[] words)
    {
        // sudo takes the variable away unless env sets it behind it.
        string[] asRoot = isRoot ? words : ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", .. words];
        var exitCode = await run(asRoot);
        if (exitCode != 0)
        {
            throw new ClientException($"{string.Join(' ', asRoot)} ended with exit code {exitCode}");
        }
    }
}
