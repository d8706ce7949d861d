using Belay.Postgres;
using Belay.Settings;
using CliWrap.Buffered;

namespace Belay.Local;

/// <summary>Finds PostgreSQL with a server on this machine, or installs it where that can be done unasked.</summary>
public sealed class PostgresProvisioner(IReleaseOutput output)
{
    /// <summary>Debian's package starts a server of its own on port 5432 unless it is told not to; the
    /// file is needed during the installation only.</summary>
    private const string AptScript = """
        set -e
        file=/etc/postgresql-common/createcluster.d/belay.conf
        mkdir -p /etc/postgresql-common/createcluster.d
        trap 'rm -f "$file"' EXIT
        echo 'create_main_cluster = false' > "$file"
        export DEBIAN_FRONTEND=noninteractive
        apt-get -q -o DPkg::Lock::Timeout=300 update || true
        apt-get -q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends postgresql
        """;

    /// <summary>The newest installation that has a server.</summary>
    /// <exception cref="LocalException">There is none, and it cannot be installed here; the hint has the
    /// command for this system.</exception>
    public async Task<PostgresTools> ProvideAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } found)
        {
            return found;
        }

        var plan = InstallationPlan.For(await ReadFactsAsync(cancellationToken));
        if (!plan.IsAutomatic)
        {
            throw new LocalException(
                "No PostgreSQL server programs (initdb, pg_ctl, postgres) were found by PG_BIN, in PATH or in the usual folders.",
                plan.Command);
        }

        output.Line(
            $"No PostgreSQL found: installing Debian's package postgresql with {(plan.NeedsSudo ? "sudo " : "")}apt-get; no server of its "
                + "own is started.");
        await InstallAsync(plan, cancellationToken);
        return await FindAsync(cancellationToken)
            ?? throw new LocalException(
                "The package postgresql is installed, but it brought no initdb, pg_ctl and postgres below /usr/lib/postgresql.",
                "set PG_BIN to the folder that has them");
    }

    private static async Task<PostgresTools?> FindAsync(CancellationToken cancellationToken)
        => (await PostgresInstallations.FindAsync(cancellationToken)).FirstOrDefault(tools => tools.HasServer);

    private static async Task InstallAsync(InstallationPlan plan, CancellationToken cancellationToken)
    {
        string[] command = [.. plan.NeedsSudo ? ["sudo", "-n"] : Array.Empty<string>(), "/bin/sh", "-c", AptScript];
        // The graceful way first: a killed dpkg leaves the machine's package database half-way.
        using var never = new CancellationTokenSource();
        var result = await ChildEnvironment.Guest(command[0]).WithArguments(command[1..])
            .ExecuteBufferedAsync(System.Text.Encoding.UTF8, System.Text.Encoding.UTF8, never.Token, cancellationToken);
        if (!result.IsSuccess)
        {
            var said = string.Join(" / ", result.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(3));
            throw new LocalException($"apt-get could not install postgresql: {said}", plan.Command);
        }
    }

    private static async Task<SystemFacts> ReadFactsAsync(CancellationToken cancellationToken)
    {
        var isRoot = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;
        return new SystemFacts
        {
            Platform = Environment.OSVersion.Platform,
            IsMac = OperatingSystem.IsMacOS(),
            Families = File.Exists("/etc/os-release")
                ? SystemFacts.FamiliesIn(await File.ReadAllLinesAsync("/etc/os-release", cancellationToken))
                : [],
            HasAptGet = File.Exists("/usr/bin/apt-get"),
            IsRoot = isRoot,
            HasFreeSudo = !isRoot && File.Exists("/usr/bin/sudo") && await SudoIsFreeAsync(cancellationToken),
        };
    }

    private static async Task<bool> SudoIsFreeAsync(CancellationToken cancellationToken)
        => (await ChildEnvironment.Guest("/usr/bin/sudo").WithArguments(["-n", "true"]).ExecuteAsync(cancellationToken)).IsSuccess;
}
