using Belay.Layouts.Foreign;
using Belay.Sql;

namespace Belay.Tests.Layouts.Foreign;

public sealed class AdoptionPlanTests
{
    private const string MissingHint =
        "put the file back, or write \"-- belay: adopts <id>\" into the first lines of the file that is meant";

    [Fact]
    public void Records_the_files_whose_numbers_are_applied()
    {
        var plan = AdoptionPlan.Make("a tool", History(Numbered(1), Numbered(2)), [File(1, "a"), File(2, "b"), File(3, "c")]);

        Assert.Equal(["0001_a.sql ← 1", "0002_b.sql ← 2"], Recorded(plan));
        Assert.Equal(["0003_c.sql"], plan.Pending.Select(file => file.FileName));
        Assert.Empty(plan.Faults);
        Assert.Empty(plan.Warnings);
    }

    [Theory]
    [InlineData("20250101120000_InitialCreate", 20250101120000, "InitialCreate")]
    [InlineData("1975ea83b712", 7, "1975ea83b712_add_users")]
    [InlineData("1975ea83b712", 7, "1975ea83b712")]
    [InlineData("add_users", 7, "add_users")]
    public void Finds_the_file_of_an_id_by_its_name(string id, long version, string name)
        => Assert.Single(AdoptionPlan.Make("a tool", History(new ForeignEntry(id)), [File(version, name)]).Recorded);

    [Theory]
    [InlineData("1975ea83b712", "1975ea83b7123_add_users")]
    [InlineData("add_users", "add_users2")]
    public void Does_not_take_a_longer_word_for_an_id(string id, string name)
        => Assert.Equal(
            [new AdoptionFault($"{id}: is applied and has no file in the folder", MissingHint)],
            AdoptionPlan.Make("a tool", History(new ForeignEntry(id)), [File(7, name)]).Faults);

    [Fact]
    public void Lets_the_directive_say_more_than_name_and_number()
    {
        var adopting = File(2, "schema") with { Directives = new() { Adopts = "1975ea83b712" } };

        Assert.Equal(
            ["0002_schema.sql ← 1975ea83b712"],
            Recorded(AdoptionPlan.Make("a tool", History(new ForeignEntry("1975ea83b712")), [adopting])));
        Assert.Empty(AdoptionPlan.Make("a tool", History(Numbered(2)), [adopting]).Recorded);
    }

    [Fact]
    public void Records_all_up_to_the_place_that_a_tool_keeps()
        => Assert.Equal(
            ["0001_a.sql ← 2", "0002_b.sql ← 2"],
            Recorded(
                AdoptionPlan.Make("a tool", History(Numbered(2) with { ReachesBack = true }), [File(1, "a"), File(2, "b"), File(3, "c")])));

    [Fact]
    public void Records_what_lies_under_a_baseline_which_needs_no_file()
    {
        var baseline = Numbered(5) with { ReachesBack = true, IsBaseline = true };

        var plan = AdoptionPlan.Make("a tool", History(baseline, Numbered(6)), [File(1, "a"), File(4, "b"), File(6, "c")]);

        Assert.Equal(["0001_a.sql ← 5", "0004_b.sql ← 5", "0006_c.sql ← 6"], Recorded(plan));
        Assert.Empty(plan.Faults);
    }

    [Fact]
    public void Refuses_an_applied_version_without_a_file()
        => Assert.Equal(
            [new AdoptionFault("2: is applied and has no file in the folder", MissingHint)],
            AdoptionPlan.Make("a tool", History(Numbered(1), Numbered(2)), [File(1, "a"), File(3, "c")]).Faults);

    [Fact]
    public void Leaves_old_entries_whose_files_were_taken_out_long_ago()
    {
        var plan = AdoptionPlan.Make("a tool", History(Numbered(1), Numbered(2), Numbered(3)), [File(3, "c"), File(4, "d")]);

        Assert.Empty(plan.Faults);
        Assert.Equal(["2 older entries without a file in the folder, not recorded: 1, 2"], plan.Warnings);
        Assert.Equal(["0003_c.sql ← 3"], Recorded(plan));
    }

    [Fact]
    public void Does_not_leave_old_entries_when_a_file_could_be_one_of_them()
        => Assert.Equal(
            [new AdoptionFault("1: is applied and has no file in the folder", MissingHint)],
            AdoptionPlan.Make("a tool", History(Numbered(1), Numbered(3)), [File(2, "b"), File(3, "c")]).Faults);

    [Fact]
    public void Warns_of_a_file_that_the_tool_skipped()
    {
        var plan = AdoptionPlan.Make("a tool", History(Numbered(1), Numbered(3)), [File(1, "a"), File(2, "b"), File(3, "c")]);

        Assert.Empty(plan.Faults);
        Assert.Equal(
            [
                "0002_b.sql sorts before the newest applied one, but a tool did not apply it: it stays pending, and Migrate refuses it "
                    + "without --allow-out-of-order",
            ], plan.Warnings);
        Assert.Equal(["0002_b.sql"], plan.Pending.Select(file => file.FileName));
    }

    [Fact]
    public void Leaves_repeatable_migrations_to_run_again()
    {
        var plan = AdoptionPlan.Make("a tool", History(Numbered(1)), [File(1, "a"), File(0, "views") with { IsRepeatable = true }]);

        Assert.Equal(["0001_a.sql ← 1"], Recorded(plan));
        Assert.Equal(["views"], plan.Pending.Select(file => file.Name));
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void Refuses_a_number_that_belongs_to_another_script()
    {
        var entry = Numbered(2) with { Script = "V2__add_items.sql", Name = "add items" };

        Assert.Equal(
            [
                new AdoptionFault(
                    "V2__add_items.sql: has the number of 0002_notes.sql, but its name is \"add items\"",
                    "name the file of that number as the tool did, or write \"-- belay: adopts 2\" into the first lines of the file that "
                        + "is meant"),
            ],
            AdoptionPlan.Make("a tool", History(entry), [File(2, "notes")]).Faults);
        Assert.Empty(AdoptionPlan.Make("a tool", History(entry), [File(2, "Add-Items")]).Faults);
        Assert.Empty(AdoptionPlan.Make("a tool", History(entry), [File(2, "notes") with { Directives = new() { Adopts = "2" } }]).Faults);
    }

    [Fact]
    public void Has_nothing_to_record_from_an_empty_history()
        => Assert.Equal(
            [new AdoptionFault("t has no applied migration", "./build.sh Migrate")],
            AdoptionPlan.Make("a tool", History(), [File(1, "a")]).Faults);

    private static ForeignHistory History(params IReadOnlyList<ForeignEntry> entries) => new("t", entries);

    private static ForeignEntry Numbered(long version) => new($"{version}") { Version = version };

    private static Migration File(long version, string name)
        => new() { Version = version, Name = name, Path = $"/m/{version:0000}_{name}.sql", Text = "SELECT 1;", Sha256 = "a" };

    private static IEnumerable<string> Recorded(AdoptionPlan plan) => plan.Recorded.Select(one => $"{one.File.FileName} ← {one.Entry.Id}");
}
