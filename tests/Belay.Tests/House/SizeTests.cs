namespace Belay.Tests.House;

public sealed class SizeTests
{
    private const int MostFiles = 30;

    private const int MostLines = 300;

    private static readonly string[] Files = [.. Checkout.Folders.SelectMany(Checkout.Files)];

    [Fact]
    public void A_folder_holds_at_most_thirty_files_side_by_side()
        => Assert.Empty(
            from file in Files
            group file by Path.GetDirectoryName(Checkout.Name(file)) into folder
            where folder.Count() > MostFiles
            select $"{folder.Key} holds {folder.Count()}");

    [Fact]
    public void A_file_has_at_most_three_hundred_lines()
        => Assert.Empty(Files.Where(file => File.ReadLines(file).Count() > MostLines).Select(Checkout.Name));
}
