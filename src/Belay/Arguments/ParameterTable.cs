using Belay.Settings;

namespace Belay.Arguments;

/// <summary>The parameters as tables in Markdown, from the declarations alone: what the README has between its marks.</summary>
public static class ParameterTable
{
    /// <summary>The line before the tables.</summary>
    public const string Begin = "<!-- These tables are written by ./build.sh Refresh from the declarations of the parameters. -->";

    /// <summary>The line behind them.</summary>
    public const string End = "<!-- Here ends what ./build.sh Refresh writes. -->";

    /// <summary>The lines from mark to mark.</summary>
    /// <param name="parameters">The parameters in their order.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var typed = parameters.Where(parameter => parameter.Sources.HasFlag(ParameterSources.CommandLine)).ToList();
        return
        [
            Begin,
            "",
            "| parameter | default | meaning |",
            "|---|---|---|",
            .. typed.Select(parameter => $"| `{parameter.Option}` | {Default(parameter)} | {Meaning(parameter)} |"),
            "",
            "In the environment or in `.env` alone:",
            "",
            "| variable | meaning |",
            "|---|---|",
            .. parameters.Except(typed).Select(parameter => $"| `{parameter.Variable}` | {Meaning(parameter)} |"),
            "",
            End,
        ];
    }

    /// <summary>A text with its tables written anew.</summary>
    /// <param name="text">The text, in which both marks stand.</param>
    /// <param name="parameters">The parameters in their order.</param>
    public static string Refresh(string text, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Refresh(text, Begin, Lines(parameters));
    }

    /// <summary>A text with what stands between two marks written anew.</summary>
    internal static string Refresh(string text, string mark, IReadOnlyList<string> lines)
    {
        var begin = text.IndexOf(mark, StringComparison.Ordinal);
        var end = begin < 0 ? begin : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0
            ? throw new SettingsException($"The marks of the tables are missing: {mark} and {End}")
            : text[..begin] + string.Join('\n', lines) + text[(end + End.Length)..];
    }

    // What can be typed has no blank in it; anything else is words.
    private static string Default(Parameter parameter)
        => parameter.Default is not { } text
            ? parameter.Kind == ParameterKind.Switch ? "no" : ""
            : text.Contains(' ', StringComparison.Ordinal) ? text : $"`{text}`";

    private static string Meaning(Parameter parameter)
        => Plain(parameter.Help) + (parameter.Page is null ? "" : $" ([more]({parameter.Page}))");

    private static string Plain(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
