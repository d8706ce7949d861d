using System.Text.RegularExpressions;

namespace Belay.Tests.House;

public sealed partial class FloorTests
{
    private static readonly IReadOnlyDictionary<Type, IReadOnlySet<Type>> References = TypeReferences.Of(typeof(BelayException).Assembly);

    [Fact]
    public void A_type_names_only_types_of_rooms_on_lower_floors()
        => Assert.Empty(
            from reference in References
            from named in reference.Value
            where IsUpwards(reference.Key.Namespace!, named.Namespace!)
            select $"{reference.Key.FullName} names {named.FullName}");

    [Fact]
    public void A_file_uses_only_namespaces_of_rooms_on_lower_floors()
        => Assert.Empty(
            from file in Checkout.Files("src/Belay")
            from Match line in UsingPattern().Matches(File.ReadAllText(file))
            where IsUpwards(NamespaceOf(file), line.Groups[1].Value)
            select $"{Checkout.Name(file)} uses {line.Groups[1].Value}");

    [Fact]
    public void A_file_lies_in_the_folder_of_its_namespace()
        => Assert.Empty(
            from file in Checkout.Files("src/Belay")
            where !File.ReadAllText(file).Contains($"namespace {NamespaceOf(file)};", StringComparison.Ordinal)
            select Checkout.Name(file));

    [Fact]
    public void Only_the_room_that_prints_names_the_library_for_consoles()
        => Checkout.AssertNone(line => line.File.StartsWith("src/", StringComparison.Ordinal)
            && line.Text.StartsWith("using Spectre.Console", StringComparison.Ordinal)
            && !line.File.StartsWith("src/Belay/Printing/", StringComparison.Ordinal));

    [Fact]
    public void Every_room_stands_on_one_floor()
        => Assert.Equal(
            Checkout.Files("src/Belay").Select(file => Floors.RoomOf(NamespaceOf(file))).Distinct().Order(StringComparer.Ordinal),
            Floors.All.SelectMany(rooms => rooms).Order(StringComparer.Ordinal));

    [Fact]
    public void No_folders_name_each_other_in_a_circle() => Assert.Empty(Circles.In(Grouped(type => type.Namespace!)));

    [Fact]
    public void No_files_name_each_other_in_a_circle() => Assert.Empty(Circles.In(Grouped(type => type.FullName!)));

    [Fact]
    public void The_architecture_page_lists_these_floors()
        => Assert.Equal(
            Floors.All.Select((rooms, floor) => $"{floor}: {string.Join(", ", rooms)}"),
            FloorPattern().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "ARCHITECTURE.md")))
                .Select(row => $"{row.Groups[1].Value}: {row.Groups[2].Value.Replace("`", "", StringComparison.Ordinal)}")
                .Reverse());

    private static bool IsUpwards(string from, string to)
        => Floors.RoomOf(from) != Floors.RoomOf(to) && Floors.Of(Floors.RoomOf(from)) <= Floors.Of(Floors.RoomOf(to));

    private static string NamespaceOf(string file)
        => Path.GetRelativePath(Path.Combine(Checkout.Root, "src"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');

    private static Dictionary<string, IReadOnlySet<string>> Grouped(Func<Type, string> name)
        => References.GroupBy(reference => name(reference.Key)).ToDictionary(group => group.Key, IReadOnlySet<string> (group) => group
            .SelectMany(reference => reference.Value).Select(name).Where(other => other != group.Key).ToHashSet());

    [GeneratedRegex(@"^using (?:static |\w+ = )?(Belay[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();

    [GeneratedRegex(@"^\| (\d+) \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex FloorPattern();
}
