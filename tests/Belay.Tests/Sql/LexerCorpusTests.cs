using System.Text;
using Belay.Sql;

namespace Belay.Tests.Sql;

/// <summary>Small files with the shapes that other splitters stumbled over, read from a folder so that a new one needs no code.</summary>
public sealed class LexerCorpusTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "Migrations", "Sql", "Corpus");

    public static TheoryData<string> Files { get; } =
    [
        .. Directory.EnumerateFiles(Corpus, "*.sql").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [InlineData("semicolon_in_line_comment.sql", "CREATE TABLE|INSERT INTO")]
    [InlineData("tagged_dollar_quotes.sql", "CREATE FUNCTION|SELECT A$B$C")]
    [InlineData("quotes_in_comments.sql", "SELECT|SELECT")]
    [InlineData("escapes.sql", "SELECT U|SELECT")]
    [InlineData("routine_bodies.sql", "CREATE FUNCTION|CREATE OR")]
    [InlineData("copy_data.sql", "COPY A|COPY A|SELECT")]
    [InlineData("dump_head.sql", "SET STATEMENT_TIMEOUT|SELECT PG_CATALOG")]
    [InlineData("rule_and_do.sql", "CREATE RULE|DO")]
    public void Splits_each_file_into_its_statements(string file, string titles)
        => Assert.Equal(
            titles.Split('|'), MigrationScript.Read(Read(file), noTransaction: true).Statements.Select(statement => statement.Shape.Title));

    [Theory]
    [InlineData("dump_head.sql", "9:1: \\connect leaves the target database")]
    [InlineData("unfinished.sql", "2:8: a string without its closing quote")]
    public void Names_the_place_of_what_is_refused(string file, string expected)
        => Assert.Equal(
            [expected],
            MigrationScript.Read(Read(file), noTransaction: true).Faults.Select(fault => $"{fault.Line}:{fault.Column}: {fault.Message}"));

    [Fact]
    public void Takes_data_of_COPY_as_it_is()
        => Assert.Equal(
            ["1\tit's; $$ -- \"\n2\t\\\\.\n", "3,\"a;\nb\"\n"],
            MigrationScript.Read(Read("copy_data.sql"), noTransaction: true).Statements.Select(statement => statement.CopyData)
                .OfType<string>());

    [Theory]
    [MemberData(nameof(Files))]
    public void Any_piece_of_a_file_and_any_broken_byte_in_it_is_split_without_loss(string file)
    {
        var bytes = Encoding.UTF8.GetBytes(Read(file));
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            DemandWhole(bytes[cut..]);
            DemandWhole(bytes[..cut]);
            foreach (var other in "'\"$\\;-/*()\n\0E"u8)
            {
                var broken = (byte[])bytes.Clone();
                broken[cut] = other;
                DemandWhole(broken);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_split_without_loss()
    {
        // The seed is fixed, so that a failure comes again.
        var random = new Random(20251012);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            DemandWhole(bytes);
        }
    }

    [Theory]
    [InlineData("E'a'\n")]
    [InlineData("E'a'\n'b'\n--c\n")]
    [InlineData("/*")]
    [InlineData("$a$b$")]
    [InlineData("(")]
    [InlineData("CREATE FUNCTION f() BEGIN ATOMIC ")]
    [InlineData("\\x\n")]
    [InlineData("COPY t FROM stdin;\n")]
    public void A_hundred_thousand_of_the_same_are_split_without_loss(string piece)
        => DemandWhole(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 100_000))));

    private static void DemandWhole(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var end = 0;
        foreach (var part in SqlLexer.Split(text))
        {
            Assert.Equal((end, true), (part.Place.Start, part.Place.End > part.Place.Start || part.Kind == ScriptPartKind.CopyData));
            end = part.Place.End;
        }

        Assert.Equal(text.Length, end);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Corpus, file));
}
