using System.Text;
using Belay.Backups.Archive;
using Belay.Backups.Catalogue;

namespace Belay.Tests.Backups.Archive;

public sealed class ArchiveEntriesTests
{
    private const string List =
        """
        ;
        ; Archive created at 2025-10-12 12:00:00 UTC
        ;     TOC Entries: 9
        ;
        215; 1259 16390 TABLE public user belay
        216; 1259 16395 TABLE public two words  belay
        217; 1259 16400 TABLE public events belay
        3300; 0 0 TABLE ATTACH public events_1 belay
        218; 1259 16405 TABLE public TABLE DATA belay
        219; 1259 16410 SEQUENCE public user_id_seq belay
        3312; 0 16390 TABLE DATA public user belay
        3313; 0 16405 TABLE DATA public TABLE DATA belay
        3314; 0 16410 SEQUENCE SET public user_id_seq belay
        """;

    [Fact]
    public async Task Finds_a_table_with_its_rows_by_its_number()
        => Assert.Empty(
            await MissingAsync(
                new BackupTable(16390, "public.\"user\"", HasRows: true), new BackupTable(16405, "public.\"TABLE DATA\"", HasRows: true)));

    [Fact]
    public async Task Finds_a_table_that_has_no_rows_of_its_own()
        => Assert.Empty(await MissingAsync(new BackupTable(16400, "public.events", HasRows: false)));

    [Fact]
    public async Task Misses_the_rows_of_a_table_that_is_defined_alone()
        => Assert.Equal(["public.\"two words\""], await MissingAsync(new BackupTable(16395, "public.\"two words\"", HasRows: true)));

    [Theory]
    [InlineData(16391u)]
    [InlineData(1639u)]
    [InlineData(16410u)]
    [InlineData(0u)]
    public async Task Misses_a_table_whose_number_is_not_that_of_a_table_in_the_list(uint number)
        => Assert.Equal(["public.orders"], await MissingAsync(new BackupTable(number, "public.orders", HasRows: false)));

    [Fact]
    public async Task Misses_a_table_of_which_only_the_rows_are_there()
        => Assert.Equal(
            ["public.orders"],
            (await ReadAsync("3312; 0 16390 TABLE DATA public orders belay"))
                .Missing([new BackupTable(16390, "public.orders", HasRows: true)]));

    [Fact]
    public async Task Names_what_is_missing_in_the_order_of_the_tables()
        => Assert.Equal(
            ["b", "a"],
            await MissingAsync(
                new BackupTable(2, "b", HasRows: false),
                new BackupTable(16390, "c", HasRows: true),
                new BackupTable(1, "a", HasRows: true)));

    [Fact]
    public async Task Tells_the_dump_numbers_of_the_rows() => Assert.Equal(["3312", "3313"], (await ReadAsync(List)).RowIds);

    private static async Task<IReadOnlyList<string>> MissingAsync(params BackupTable[] tables) => (await ReadAsync(List)).Missing(tables);

    private static async Task<ArchiveEntries> ReadAsync(string list)
    {
        var entries = new ArchiveEntries();
        await entries.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(list)), Token);
        return entries;
    }
}
