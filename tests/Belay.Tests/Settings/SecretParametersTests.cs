using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class SecretParametersTests
{
    [Theory]
    [InlineData("AccountName=a;AccountKey=abc", true)]
    [InlineData("host=db pwd = word", true)]
    [InlineData("https://a.example.com/b?sv=1&sig=abc", true)]
    [InlineData("postgresql://ann:word@db/shop", true)]
    [InlineData("postgresql://ann@db/shop", false)]
    [InlineData("file:///mnt/backups", false)]
    public void Knows_a_text_that_holds_a_secret(string text, bool holds) => Assert.Equal(holds, SecretParameters.Holds(text));

    [Fact]
    public void Refuses_a_secret_on_the_command_line_and_masks_it_but_not_one_that_the_environment_filled_in()
    {
        const string Typed = "https://a.example.com/b?sig=typed-signature";
        const string Filled = "https://a.example.com/b?sig=filled-signature";
        var faults = new SettingsFaults();
        var input = new SettingsInput
        {
            RootFolder = "/",
            Environment = new Dictionary<string, string> { ["OTHER_STORE"] = Filled },
            Given = new Dictionary<string, string> { ["backup-store"] = Typed, ["other-store"] = Filled, ["folder"] = "/mnt" },
        };

        SecretParameters.Refuse(input, faults);

        var refusal = Assert.Throws<SettingsException>(() => faults.ThrowIfAny());
        Assert.Equal(["--backup-store holds a secret, which would be readable in the process list"], refusal.Faults);
        Assert.Equal("set BACKUP_STORE in the environment or in .env instead", refusal.Hint);
        Assert.Equal("typed: ***", Redaction.Apply("typed: typed-signature"));
    }
}
