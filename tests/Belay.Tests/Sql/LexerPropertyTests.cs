using Belay.Recovery;
using Belay.Sql;
using Belay.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Belay.Tests.Sql;

public sealed class LexerPropertyTests
{
    private const int Often = 2000;

    private static readonly Gen<string> Chaos = Gen.Elements(
        "'",
        "\"",
        "$",
        "$$",
        "$a$",
        "E'",
        "U&'",
        "--",
        "/*",
        "*/",
        "\\",
        "\\.",
        "\n",
        "\r\n",
        ";",
        "(",
        ")",
        " ",
        "a",
        "1",
        ".",
        "é",
        "\U0001F600",
        "BEGIN", "ATOMIC", "END", "CASE", "CREATE FUNCTION", "COPY t FROM stdin;", "stdin", "FROM", "AS", "COMMIT;",
        "ALTER TABLE ", "DROP ", "CREATE INDEX CONCURRENTLY ", "ON ", "ONLY ", "IF ", "\0").ArrayOf().Select(string.Concat);

    private static readonly Gen<string> Noise = Gen.Elements(
        "'", "\"", ";", "$", "\\", "(", ")", "-", "\n", "COMMIT;", "a", "END", "\\.", "é").ArrayOf().Select(string.Concat);

    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.Elements("SELECT", "t", "1", "+", ",", "END", "CASE", "\"t\".\"end\"", "x$1", "(a, b)", "BEGIN", "ATOMIC"),
        Noise.Select(noise => $"'{noise.Replace("'", "''", StringComparison.Ordinal)}'"),
        Noise.Select(
            noise => $"E'{noise.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}' ||"),
        Noise.Select(noise => $"\"{noise.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
        Noise.Select(noise => $"$tag${noise.Replace("$", "", StringComparison.Ordinal)}$tag$"),
        Noise.Select(noise => $"/* {noise} /* {noise} */ */"),
        Noise.Select(noise => $"-- {noise.Replace('\n', ' ')}\n"));

    private static readonly Gen<string> Statement = Piece.ArrayOf().Select(pieces => $"SELECT {string.Join(' ', pieces)} x");

    private static readonly Gen<string> Comment = Gen.OneOf(
        Noise.Select(noise => $"/* {noise} */"),
        Noise.Select(noise => $"\n-- {noise.Replace('\n', ' ')}\n"),
        Gen.Elements(" ", "\n", "\t"));

    [Fact]
    public void Parts_joined_give_back_any_text()
        => Prop.ForAll(
            Chaos.ToArbitrary(),
            text => Assert.Equal(
                text, string.Concat(SqlLexer.Split(text).Select(part => part.Place.Script[part.Place.Start..part.Place.End]))))
            .MustHold(Often);

    [Fact]
    public void Every_part_begins_where_its_position_says()
        => Prop.ForAll(Chaos.ToArbitrary(), text =>
        {
            foreach (var part in SqlLexer.Split(text))
            {
                Assert.Equal(part.Body, text.Substring(part.Position.Offset, part.Body.Length));
                Assert.Equal(TextPosition.Start.To(text, part.Position.Offset), part.Position);
            }
        }).MustHold(Often);

    [Fact]
    public void No_text_breaks_what_reads_scripts()
        => Prop.ForAll(Chaos.ToArbitrary(), text =>
        {
            var inside = MigrationScript.Read(text, noTransaction: false);
            var outside = MigrationScript.Read(text, noTransaction: true);
            Assert.All(outside.Statements, statement => Assert.NotEqual("", statement.Sql));
            Assert.True(inside.Statements.Count <= outside.Statements.Count);
            Assert.All(DroppedColumn.In(outside.Statements), column => Assert.NotEqual("", column.Column));
        }).MustHold(Often);

    [Fact]
    public void Noise_in_strings_identifiers_and_comments_never_moves_the_ends_of_statements()
        => Prop.ForAll(Statement.ArrayOf().ToArbitrary(), statements =>
            Assert.Equal(statements, Bodies(string.Concat(statements.Select(statement => statement + ";"))))).MustHold(Often);

    [Fact]
    public void Comments_between_statements_never_change_them()
        => Prop.ForAll(Statement.ArrayOf().ToArbitrary(), Comment.ToArbitrary(), (statements, comment) =>
            Assert.Equal(
                statements, Bodies(string.Concat(statements.Select(statement => $"{comment}{statement};")) + comment))).MustHold(Often);

    private static IEnumerable<string> Bodies(string text)
    {
        var parts = SqlLexer.Split(text).ToArray();
        Assert.All(parts, part => Assert.Null(part.Fault));
        return parts.Where(part => part.Kind == ScriptPartKind.Statement).Select(part => part.Body);
    }
}
