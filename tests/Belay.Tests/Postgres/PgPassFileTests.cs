using Belay.Postgres;
using Belay.Settings;

namespace Belay.Tests.Postgres;

public sealed class PgPassFileTests
{
    [Fact]
    public void Writes_a_line_per_host_with_colons_and_backslashes_escaped()
        => Assert.Equal(
            @"h1:5432:*:a\:nn:p\:a\\ss" + "\n" + @"\:\:1:5433:*:a\:nn:p\:a\\ss" + "\n",
            PgPassFile.Lines(DatabaseUrl.Parse(@"host=h1,::1 port=5432,5433 dbname=d user=a:nn password='p:a\\ss'")));

    [Fact]
    public void Names_a_socket_folder_also_as_localhost()
        => Assert.Equal(
            "/run/pg:5432:*:u:word-1\nlocalhost:5432:*:u:word-1\n",
            PgPassFile.Lines(DatabaseUrl.Parse("host=/run/pg dbname=d user=u password=word-1")));

    [Fact]
    public async Task Is_readable_by_its_owner_only_and_gone_after_disposal()
    {
        var file = await PgPassFile.CreateAsync(DatabaseUrl.Parse("postgresql://u:word-1@h/d"), Token);
        var folder = Path.GetDirectoryName(file.Path)!;

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.Path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        file.Dispose();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Sweeps_what_a_dead_process_left_and_nothing_of_a_live_one()
    {
        var prefix = $"belay-libpq-{Environment.MachineName}-";
        var dead = Directory.CreateTempSubdirectory($"{prefix}{int.MaxValue}-").FullName;
        using var live = await PgPassFile.CreateAsync(
            DatabaseUrl.Parse("postgresql://u:word-1@h/d"), Token);

        using var next = await PgPassFile.CreateAsync(
            DatabaseUrl.Parse("postgresql://u:word-1@h/d"), Token);

        Assert.False(Directory.Exists(dead));
        Assert.True(File.Exists(live.Path));
    }
}
