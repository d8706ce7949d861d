using Belay.Migrators;

namespace Belay.Tests.Migrators;

public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("alembic upgrade head", "alembic|upgrade|head")]
    [InlineData("  sh -c 'psql -c \"SELECT 1\"; exit 3' ", "sh|-c|psql -c \"SELECT 1\"; exit 3")]
    [InlineData("a \"b \\\" $c\" d\\ e ''", "a|b \" $c|d e|")]
    [InlineData("c:\\\\tools\\\\m.exe", "c:\\tools\\m.exe")]
    [InlineData("a'b'\"c\"", "abc")]
    [InlineData("", "")]
    public void Splits_as_a_shell_does_and_expands_nothing(string command, string words)
        => Assert.Equal(words, string.Join('|', CommandWords.Split(command)!));

    [Theory]
    [InlineData("sh -c 'exit 3")]
    [InlineData("sh -c \"exit 3\\\"")]
    public void Refuses_an_open_quote(string command) => Assert.Null(CommandWords.Split(command));
}
