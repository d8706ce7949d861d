using Belay.Postgres;
using Belay.Settings;
using Belay.Settings.Tokens;
using Belay.Tests.Settings.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Postgres;

public sealed class PassFileRenewalTests
{
    [Fact]
    public async Task A_program_finds_a_fresh_token_in_its_file_as_long_as_it_runs()
    {
        var timeProvider = new FakeTimeProvider();
        var target = DatabaseUrl.Parse("postgresql://ann@db/shop") with
        {
            Tokens = new DatabaseTokens(new CountingTokens(timeProvider, TimeSpan.FromMinutes(15)), timeProvider),
        };
        string file;
        await using (var environment = await LibpqEnvironment.CreateAsync(target, "belay test", Token))
        {
            file = environment.Variables["PGPASSFILE"]!;
            Assert.Equal("db:5432:*:ann:token 1\n", await File.ReadAllTextAsync(file, Token));
            Assert.DoesNotContain(environment.Variables.Values, value => value?.Contains("token", StringComparison.Ordinal) == true);
            foreach (var expected in new[] { "token 2", "token 3" })
            {
                timeProvider.Advance(TimeSpan.FromMinutes(10));
                while (!(await File.ReadAllTextAsync(file, Token)).Contains(expected, StringComparison.Ordinal))
                {
                    await Task.Delay(10, Token);
                }

                if (!OperatingSystem.IsWindows())
                {
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
                }
            }
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
    }
}
