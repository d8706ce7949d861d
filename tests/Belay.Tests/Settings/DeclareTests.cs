using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class DeclareTests
{
    private enum Fruit
    {
        Apple,
        BloodOrange,
        Cherry,
    }

    [Fact]
    public void A_text_is_taken_without_the_blanks_around_it()
    {
        var parameter = Declare.Text("a-name", "Any", "the usual");
        Assert.Equal("two words", Read(parameter, " two words\n"));
        Assert.Null(parameter.Standard);
        Assert.Equal(("the usual", ParameterKind.Text, ParameterSources.All), (parameter.Default, parameter.Kind, parameter.Sources));
        Assert.False(parameter.IsSecret);
    }

    [Fact]
    public void A_secret_or_a_variable_is_taken_from_the_environment_alone()
    {
        var (secret, variable) = (Declare.Secret("a-key", "Key"), Declare.Variable("a-folder", "Folder"));
        Assert.Equal(("k", "f"), (Read(secret, "k"), Read(variable, "f")));
        Assert.Equal(
            [(true, ParameterSources.Environment), (false, ParameterSources.Environment)],
            new[] { secret, variable }.Select(parameter => (parameter.IsSecret, parameter.Sources)));
    }

    [Fact]
    public void A_switch_is_true_or_false_and_nothing_else()
    {
        var parameter = Declare.Switch("immutable", "Refuses");
        Assert.True(Read(parameter, "True"));
        Assert.False(Read(parameter, "false"));
        Assert.False(parameter.Standard);
        Assert.Equal("--immutable is \"yes\": it must be true or false", Fault(parameter, "yes"));
    }

    [Fact]
    public void A_whole_number_lies_in_its_range()
    {
        var parameter = Declare.WholeNumber("jobs", "Jobs", 1..8, 2);
        Assert.Equal([1, 8], new[] { "1", "8" }.Select(text => Read(parameter, text)));
        Assert.Equal((2, "2"), (parameter.Standard, parameter.Default));
        Assert.All(
            ["0", "9", "-1", "1.5", "", "many"],
            text => Assert.Equal($"--jobs is \"{text}\": it must be a whole number from 1 to 8", Fault(parameter, text)));
    }

    [Fact]
    public void A_range_may_be_open_above()
    {
        var parameter = Declare.WholeNumber("keep", "Keep", 3.., 3);
        Assert.Equal([3, int.MaxValue], new[] { "3", "2147483647" }.Select(text => Read(parameter, text)));
        Assert.Equal("--keep is \"2\": it must be a whole number, 3 or more", Fault(parameter, "2"));
    }

    [Fact]
    public void Days_are_counted_with_or_without_their_letter()
    {
        var parameter = Declare.Days("retention-days", "Days", 7);
        Assert.Equal([1d, 14, 3650], new[] { "1", "14d", "3650" }.Select(text => Read(parameter, text).TotalDays));
        Assert.Equal((TimeSpan.FromDays(7), "7"), (parameter.Standard, parameter.Default));
        Assert.All(
            ["0", "3651", "2h", "d"],
            text => Assert.Equal($"--retention-days is \"{text}\": it must be a whole number from 1 to 3650", Fault(parameter, text)));
    }

    [Fact]
    public void A_duration_is_above_zero_unless_zero_is_allowed()
    {
        var (above, any) = (Declare.Duration("wait", "Wait", "3s"), Declare.Duration("wait", "Wait", "3s", zero: true));
        Assert.Equal((TimeSpan.FromSeconds(3), "3s"), (above.Standard, above.Default));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.Zero), (Read(above, "5min"), Read(any, "0s")));
        Assert.Equal("--wait is \"0s\": it must be a duration like 500ms, 30s, 5min, 2h or 7d, above zero", Fault(above, "0s"));
        Assert.Equal("--wait is \"5\": it must be a duration like 500ms, 30s, 5min, 2h or 7d", Fault(any, "5"));
        Assert.Equal("soon", Assert.Throws<FormatException>(() => Declare.Duration("wait", "Wait", "soon")).Message);
    }

    [Fact]
    public void A_size_has_a_unit()
    {
        var parameter = Declare.Size("room", "Room", "1KiB");
        Assert.Equal((1024, "1KiB", 2_000_000), (parameter.Standard, parameter.Default, Read(parameter, "2MB")));
        Assert.Equal("--room is \"5\": it must be 0 or a size like 512MiB or 100GiB", Fault(parameter, "5"));
        Assert.Equal("big", Assert.Throws<FormatException>(() => Declare.Size("room", "Room", "big")).Message);
    }

    [Fact]
    public void A_choice_is_one_of_its_words_and_the_first_when_nothing_is_said()
    {
        var parameter = Declare.Choice("codec", "Codec", ["zstd", "gzip", "none"]);
        Assert.Equal(("zstd", "zstd", "gzip"), (parameter.Standard, parameter.Default, Read(parameter, "gzip")));
        Assert.Equal("--codec is \"Gzip\": it must be zstd, gzip or none", Fault(parameter, "Gzip"));
    }

    [Fact]
    public void A_choice_among_values_joins_their_words_with_hyphens()
    {
        var parameter = Declare.Choice("fruit", "Fruit", Fruit.BloodOrange, Fruit.Apple, Fruit.BloodOrange, Fruit.Cherry);
        Assert.Equal((Fruit.BloodOrange, "blood-orange"), (parameter.Standard, parameter.Default));
        Assert.Equal([Fruit.Apple, Fruit.BloodOrange], new[] { "apple", "Blood-Orange" }.Select(text => Read(parameter, text)));
        Assert.Equal("--fruit is \"pear\": it must be apple, blood-orange or cherry", Fault(parameter, "pear"));
    }

    [Fact]
    public void A_parameter_is_named_as_each_place_writes_it()
    {
        var parameter = Declare.Text("retention-days", "How long", "7");
        Assert.Equal(
            ("--retention-days", "RETENTION_DAYS", "RetentionDays", "How long (default: 7)", "--retention-days"),
            (parameter.Option, parameter.Variable, parameter.Key, parameter.Description, parameter.ToString()));
        Assert.Equal("How long", Declare.Text("retention-days", "How long").Description);
        Assert.Equal("docs/x.md", parameter.SeeAlso("docs/x.md").Page);
    }

    [Fact]
    public void A_text_that_cannot_be_read_gives_the_standard_value_and_a_fault()
    {
        var faults = new SettingsFaults();
        var parameter = Declare.WholeNumber("jobs", "Jobs", 1..8, 2);
        Assert.Equal((2, 2), (parameter.Read(null, faults), parameter.Read("several", faults)));
        Assert.Equal(
            ["--jobs is \"several\": it must be a whole number from 1 to 8"],
            Assert.Throws<SettingsException>(() => faults.ThrowIfAny()).Faults);
        Assert.Equal("is \" x\": it must be a whole number from 1 to 8", parameter.FaultOf(" x"));
        Assert.Null(parameter.FaultOf(" 3 "));
    }

    private static T Read<T>(Parameter<T> parameter, string text)
    {
        var faults = new SettingsFaults();
        var value = parameter.Read(text, faults);
        faults.ThrowIfAny();
        return value;
    }

    private static string Fault<T>(Parameter<T> parameter, string text)
        => Assert.Throws<SettingsException>(() => Read(parameter, text)).Message;
}
