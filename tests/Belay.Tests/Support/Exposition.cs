using System.Text.RegularExpressions;

namespace Belay.Tests.Support;

/// <summary>The grammar of Prometheus' text format as its documentation has it, with the rules that promtool adds: a metric's lines
/// stand together behind its HELP and TYPE, and no two have the same labels.</summary>
public static partial class Exposition
{
    public static void MustBeValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string? name = null;
        var names = new HashSet<string>();
        var series = new HashSet<string>();
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                name = help.Groups["name"].Value;
                Assert.True(names.Add(name), $"{name} stands twice");
            }
            else if (line.StartsWith('#'))
            {
                Assert.Equal($"# TYPE {name} gauge", line);
            }
            else
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.Equal(name, sample.Groups["name"].Value);
                Assert.True(series.Add(sample.Groups["series"].Value), $"{line} stands twice");
            }
        }
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\n]|\\\\|\\n)*$")]
    private static partial Regex Help();

    [GeneratedRegex(
        """^(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*",?)+\})?) """
            + """[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf|NaN)$""")]
    private static partial Regex Sample();
}
