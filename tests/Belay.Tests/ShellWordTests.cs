namespace Belay.Tests;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("app_2025-10.copy", "app_2025-10.copy")]
    [InlineData("the shop", "'the shop'")]
    [InlineData("$(date)", "'$(date)'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("größe", "'größe'")]
    [InlineData("", "''")]
    public void Is_one_word_for_a_shell(string name, string expected) => Assert.Equal(expected, ShellWord.Of(name));
}
