using System.Text.RegularExpressions;

namespace Belay.Tests.House;

/// <summary>Time comes from a <see cref="TimeProvider"/> that is handed in, under one name, so that a test can set it. The system's own
/// clock is a default of options, and is named where a program begins.</summary>
public sealed partial class ClockTests
{
    /// <summary>Where a program begins and makes what all of it uses.</summary>
    private static readonly string[] Beginnings =
    [
        "src/Belay.Nuke/ComponentTargets.cs",
        "src/Belay.Tool/Program.cs",
        "src/Belay.Tool/ReleaseCommand.cs",
        "src/Belay.Tool/ToolOutput.cs",
        "src/Belay.Tool/Scaffolding/NewCommand.cs",
    ];

    [Fact]
    public void Nothing_measures_time_or_waits_without_the_clock_that_was_handed_in()
        => Checkout.AssertNone(line => line.File.StartsWith("src/", StringComparison.Ordinal) && ClockOfItsOwn().IsMatch(line.Text));

    [Fact]
    public void The_systems_clock_is_a_default_or_the_choice_of_a_program()
        => Checkout.AssertNone(line => line.File.StartsWith("src/", StringComparison.Ordinal)
            && line.Text.Contains("TimeProvider.System", StringComparison.Ordinal)
            && !Default().IsMatch(line.Text)
            && !Beginnings.Contains(line.File));

    [Fact]
    public void A_clock_is_called_timeProvider() => Checkout.AssertNone(line => OtherName().IsMatch(line.Text));

    [Theory]
    [InlineData("await Task.Delay(Pause, cancellationToken);", true)]
    [InlineData("using var limit = new CancellationTokenSource(Limit);", true)]
    [InlineData("var begun = Stopwatch.GetTimestamp();", true)]
    [InlineData("await Task.Delay(Pause, timeProvider, cancellationToken);", false)]
    [InlineData("using var limit = new CancellationTokenSource(Limit, options.TimeProvider);", false)]
    [InlineData("using var stop = new CancellationTokenSource();", false)]
    public void Sees_a_wait_without_a_clock(string line, bool expected) => Assert.Equal(expected, ClockOfItsOwn().IsMatch(line));

    [GeneratedRegex(
        @"\bStopwatch\.|\bEnvironment\.TickCount|\b(Task\.Delay|new CancellationTokenSource|new PeriodicTimer)\((?!\)|.*[tT]imeProvider)")]
    private static partial Regex ClockOfItsOwn();

    [GeneratedRegex(@"(\{ get; init; \} =|\?\?) TimeProvider\.System")]
    private static partial Regex Default();

    [GeneratedRegex(
        @"\b(Fake)?TimeProvider\?? (?!timeProvider\b|TimeProvider\b|is\b|or\b|and\b)[a-z]\w*\s*([;,=)]|$)")]
    private static partial Regex OtherName();
}
