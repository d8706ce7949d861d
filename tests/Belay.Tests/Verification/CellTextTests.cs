using Belay.Tests.Support;
using Belay.Verification;
using FsCheck.Fluent;

namespace Belay.Tests.Verification;

public sealed class CellTextTests
{
    [Theory]
    [InlineData(null, "NULL")]
    [InlineData("", "''")]
    [InlineData("NULL", "'NULL'")]
    [InlineData(" a", "' a'")]
    [InlineData("'a'", "'''a'''")]
    [InlineData("'draft'::text", "'draft'::text")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("a\\nb", "a\\\\nb")]
    [InlineData("\\x6869", "\\x6869")]
    public void Shows_each_value_in_its_own_way(string? value, string text) => Assert.Equal(text, CellText.Of(value));

    [Fact]
    public void Trims_cells_and_takes_quotes_that_were_not_needed()
        => Assert.Equal(
            ["a", "b c", "NULL", "''", "x|y"],
            CellText.Split(" 'a' |  b c|NULL | '' | x\\|y").Select(cell => cell.Replace("\\|", "|", StringComparison.Ordinal)));

    [Fact]
    public void Reads_back_every_row_that_it_writes()
        => Prop.ForAll<string?[]>(values =>
        {
            var cells = (values.Length == 0 ? [null] : values).Select(CellText.Of).ToList();
            Assert.Equal(cells, CellText.Split(CellText.Row(cells)));
        }).MustHold();

    [Fact]
    public void Reads_back_rows_made_of_the_signs_it_escapes()
        => Prop.ForAll(Gen.Elements('\\', '|', '\n', '\r', 'n', '\'', ' ', 'N').ArrayOf().ToArbitrary(), signs =>
        {
            var cells = new[] { CellText.Of(new string(signs)), "end" };
            Assert.Equal(cells, CellText.Split(CellText.Row(cells)));
        }).MustHold();

    [Fact]
    public void Shows_two_values_alike_only_when_they_are_equal()
        => Prop.ForAll(
            Gen.Elements('\\', '|', '\n', 'n', '\'', ' ').ArrayOf().ToArbitrary(),
            Gen.Elements('\\', '|', '\n', 'n', '\'', ' ').ArrayOf().ToArbitrary(),
            (
                left,
                right) => Assert.Equal(
                    new string(left) == new string(right), CellText.Of(new string(left)) == CellText.Of(new string(right))))
                        .MustHold();
}
