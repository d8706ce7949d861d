using Belay.Tool.Clients;

namespace Belay.Tests.Tool.Clients;

public sealed class AptClientsTests
{
    private readonly List<string> commands = [];

    [Fact]
    public async Task Takes_the_systems_own_package_where_it_has_one()
    {
        await new AptClients(isRoot: true, command => Run(command)).InstallAsync(15);

        Assert.Equal(
            ["apt-get update -q", "apt-cache show --quiet=2 postgresql-client-15", "apt-get install -y -q postgresql-client-15"], commands);
    }

    [Fact]
    public async Task Adds_the_source_of_the_PostgreSQL_project_for_another_version()
    {
        await new AptClients(isRoot: true, command => Run(command, fails: "apt-cache")).InstallAsync(17);

        Assert.Equal(
            [
                "apt-get update -q",
                "apt-cache show --quiet=2 postgresql-client-17",
                "apt-get install -y -q ca-certificates postgresql-common",
                "/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y",
                "apt-get install -y -q postgresql-client-17",
            ],
            commands);
    }

    [Fact]
    public async Task Asks_sudo_where_it_is_not_root_and_only_to_change_something()
    {
        await new AptClients(isRoot: false, command => Run(command)).InstallAsync(15);

        Assert.Equal(
            [
                "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update -q",
                "apt-cache show --quiet=2 postgresql-client-15",
                "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y -q postgresql-client-15",
            ],
            commands);
    }

    [Fact]
    public async Task Stops_at_the_first_command_that_fails_and_names_it()
    {
        var failure = await Assert.ThrowsAsync<ClientException>(
            () => new AptClients(isRoot: true, command => Run(command, fails: "apt-get update")).InstallAsync(17));

        Assert.Equal("apt-get update -q ended with exit code 100", failure.Message);
        Assert.Equal(
            "install them in another way, or set PG_BIN to the folder with pg_dump; then ./build.sh Preflight", failure.Hint);
        Assert.Equal(ExitCodes.PreflightRefused, failure.ExitCode);
        Assert.Single(commands);
    }

    private Task<int> Run(IReadOnlyList<string> command, string fails = "none")
    {
        commands.Add(string.Join(' ', command));
        return Task.FromResult(commands[^1].StartsWith(fails, StringComparison.Ordinal) ? 100 : 0);
    }
}
