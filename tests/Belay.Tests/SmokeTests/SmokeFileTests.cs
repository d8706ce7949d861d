using Belay.Settings;
using Belay.SmokeTests;

namespace Belay.Tests.SmokeTests;

public sealed class SmokeFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belay-smoke-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_test_has_what_it_says_and_the_user_of_the_first_one()
    {
        Write("""
            [ // of the shop
              { "name": "admin", "url": "https://b/login", "username": "root", "passwordVariable": "ADMIN_WORD", "method": "put",
                "body": { "mail": "{username}" }, "tokenField": "jwt", "deadline": "5s", "headerVariable": "ADMIN_HEADER" },
              { "name": "health", "url": "https://c/health", "mode": "health", "status": 204 },
              { "name": "again", "url": "https://d/login", "body": "user={username}" },
            ]
            """);

        var first = Read(("smoke-url", "https://a/login"), ("smoke-method", "PATCH"), ("smoke-status", "201"))!;

        Assert.Null(first.Name);
        Assert.Equal(["admin", "health", "again"], first.Further.Select(test => test.Name!));
        var (admin, health, again) = (first.Further[0], first.Further[1], first.Further[2]);
        Assert.Equal(
            ("https://b/login", "root", "the-word-of-admins", "PUT", """{ "mail": "{username}" }""", "jwt", TimeSpan.FromSeconds(5)),
            (admin.Url.AbsoluteUri, admin.Username, admin.Password.Reveal(), admin.Method, admin.Body, admin.TokenField, admin.Deadline));
        Assert.Equal("X-Key: the-key-of-admins", admin.Headers!.Reveal());
        Assert.Equal((SmokeMode.Health, 204, ""), (health.Mode, health.Status, health.Username));
        Assert.Equal(
            ("user={username}", "user-of-the-first", "the-word-of-the-first", null, null),
            (again.Body, again.Username, again.Password.Reveal(), again.Method, again.Status));
    }

    [Fact]
    public void Without_an_address_of_its_own_the_file_s_first_test_is_the_first()
    {
        Write("""[{ "name": "one", "url": "https://a/login" }, { "name": "two", "url": "https://b/login" }]""");

        var first = Read()!;

        Assert.Equal("one", first.Name);
        Assert.Equal(["one", "two"], first.All.Select(test => test.Name!));
    }

    [Theory]
    [InlineData("[]", "--smoke-file smoke.json has no test in it")]
    [InlineData("""[{ "name": "a", "url": "ftp://a" }]""", "smoke.json, \"a\": SMOKE_URL is no address", true)]
    [InlineData(
        """[{ "name": "a", "url": "https://a", "passwordVariable": "NOT_SET" }]""",
        "smoke.json, \"a\": passwordVariable names NOT_SET, which is not set")]
    [InlineData(
        """[{ "name": "a", "url": "https://a", "status": 7 }]""",
        "smoke.json, \"a\": --smoke-status is \"7\": it must be a whole number from 100 to 599")]
    [InlineData(
        """[{ "name": "a", "url": "https://a" }, { "name": "a", "url": "https://b" }]""",
        "smoke.json has 2 tests with the name \"a\"")]
    [InlineData("""[{ "name": "a", "url": "https://a", "password": "x" }]""", "--smoke-file smoke.json cannot be read: ", true)]
    [InlineData("""[{ "url": "https://a" }]""", "--smoke-file smoke.json cannot be read: ", true)]
    [InlineData("""[{ "name": null, "url": "https://a" }]""", "--smoke-file smoke.json cannot be read: ", true)]
    [InlineData("{", "--smoke-file smoke.json cannot be read: ", true)]
    [InlineData("""[{ "name": "a", "url": "https://a" }, null]""", "--smoke-file smoke.json has a test that is null")]
    [InlineData("""[{ "name": "a", "url": "https://a", "body": "\ud800" }]""", "--smoke-file smoke.json cannot be read: ", true)]
    public void Refuses_what_is_no_test(string text, string expected, bool isBeginning = false)
    {
        Write(text);

        var message = Assert.Throws<SettingsException>(() => Read(("smoke-url", "https://a/login"))).Message;

        Assert.Equal(expected, isBeginning ? message[..expected.Length] : message);
    }

    [Fact]
    public void Names_a_file_that_is_not_there()
        => Assert.StartsWith(
            "--smoke-file smoke.json cannot be read: Could not find file ", Assert.Throws<SettingsException>(() => Read()).Message,
            StringComparison.Ordinal);

    private void Write(string text) => File.WriteAllText(Path.Combine(folder.FullName, "smoke.json"), text);

    private SmokeSettings? Read(params (string Name, string Text)[] given)
    {
        var faults = new SettingsFaults();
        var settings = SmokeReader.Read(
            new SettingsInput
            {
                RootFolder = folder.FullName,
                Environment = new Dictionary<string, string>
                {
                    ["SMOKE_USERNAME"] = "user-of-the-first",
                    ["SMOKE_PASSWORD"] = "the-word-of-the-first",
                    ["ADMIN_WORD"] = "the-word-of-admins",
                    ["ADMIN_HEADER"] = "X-Key: the-key-of-admins",
                },
                Given = given.Append(("smoke-file", "smoke.json")).ToDictionary(one => one.Item1, one => one.Item2),
            },
            required: true,
            faults);
        faults.ThrowIfAny();
        return settings;
    }
}
