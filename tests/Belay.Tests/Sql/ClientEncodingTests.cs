using Belay.Sql;

namespace Belay.Tests.Sql;

public sealed class ClientEncodingTests
{
    [Theory]
    [InlineData("SET client_encoding = 'LATIN1'")]
    [InlineData("set session client_encoding to win1252")]
    [InlineData("SET LOCAL client_encoding=\"EUC_JP\"")]
    [InlineData("SET NAMES 'latin1'")]
    public void Refuses_another_encoding_for_texts_that_are_sent_in_UTF8(string statement)
    {
        var text = $"SELECT 1;\n{statement};\nINSERT INTO t VALUES ('é');";

        Assert.Equal(
            [
                new ScriptFault(
                    2,
                    1,
                    "the client encoding is set to another than UTF8, and the file has texts beyond ASCII, which would be written as "
                        + "others",
                    "take the statement out: a migration is sent in UTF-8"),
            ],
            MigrationScript.Read(text, noTransaction: false).Faults);
        Assert.Single(MigrationScript.Read(text, noTransaction: true).Faults);
        Assert.Empty(MigrationScript.Read(text.Replace('é', 'e'), noTransaction: false).Faults);
    }

    [Theory]
    [InlineData("SET client_encoding = 'UTF8'")]
    [InlineData("SET client_encoding TO utf_8")]
    [InlineData("SET NAMES 'unicode'")]
    [InlineData("SET NAMES DEFAULT")]
    [InlineData("SET client_encoding = 'SQL_ASCII'")]
    [InlineData("SET client_min_messages = warning")]
    [InlineData("SELECT 'SET client_encoding = latin1'")]
    public void Lets_a_script_set_the_encoding_that_it_has(string statement)
        => Assert.Empty(MigrationScript.Read($"{statement}; SELECT 'é';", noTransaction: false).Faults);
}
