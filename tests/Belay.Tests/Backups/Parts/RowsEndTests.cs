using System.Text;
using Belay.Backups.Parts;

namespace Belay.Tests.Backups.Parts;

public sealed class RowsEndTests
{
    [Theory]
    [InlineData(true, "\\.\n\n\n")]
    [InlineData(true, "1\tone\n2\ttwo\n\\.\n\n\n")]
    [InlineData(true, "1\tone\n\\", ".\n", "\n\n")]
    [InlineData(false, "1\tone\n2\ttw")]
    [InlineData(false, "1\tone\n\\.\n\n\n", "2")]
    [InlineData(false, "\\.\n\n")]
    [InlineData(false)]
    public void Tells_whether_the_rows_end_with_their_mark(bool isWhole, params string[] pieces)
    {
        using var rows = new RowsEnd();
        foreach (var piece in pieces)
        {
            rows.Write(Encoding.ASCII.GetBytes(piece));
        }

        Assert.Equal(isWhole, rows.IsWhole);
    }
}
