using System.Globalization;
using System.Text.RegularExpressions;

namespace Belay.Sql;

/// <summary>Reads <c>-- belay: …</c> comments from the lines before a script's first statement.</summary>
internal static partial class DirectiveReader
{
    public static MigrationDirectives Read(string path, string text, List<string> faults)
    {
        var directives = new MigrationDirectives();
        foreach (var (comment, line) in ScriptText.HeadComments(text))
        {
            if (Directive().Match(comment) is { Success: true } match)
            {
                directives = Apply(directives, match.Groups["words"].Value.Trim(), $"{path}:{line}", faults);
            }
        }

        return directives;
    }

    private static MigrationDirectives Apply(MigrationDirectives directives, string words, string place, List<string> faults)
    {
        var parts = words.Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries);
        var time = parts.Length == 2 ? ParseTime(parts[1]) : null;
        switch (parts)
        {
            case ["no-transaction"]:
                return directives with { NoTransaction = true };
            case ["lock-timeout", _] when time is not null:
                return directives with { LockTimeout = time };
            case ["statement-timeout", _] when time is not null:
                return directives with { StatementTimeout = time };
            case ["adopts", var id] when directives.Adopts is null:
                return directives with { Adopts = id };
            case ["accept", ..] when Acceptance().Match(words) is { Success: true } match:
                var accepted = new MigrationDirectives.AcceptedRule(match.Groups["rule"].Value, match.Groups["reason"].Value, place);
                return directives with { Accepted = [.. directives.Accepted, accepted] };
            case ["accept", ..]:
                faults.Add($"{place}: \"{words}\" does not say which rule is accepted and why; write accept <rule> because <reason>");
                return directives;
            default:
                faults.Add(
                    $"{place}: unknown directive \"{words}\"; known are no-transaction, lock-timeout <time>, statement-timeout <time>, "
                        + "accept <rule> because <reason> and, once, adopts <id>, with times like 500ms, 2s, 10min, 1h");
                return directives;
        }
    }

    private static TimeSpan? ParseTime(string text)
    {
        var match = Time().Match(text);
        if (!match.Success || !int.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return null;
        }

        return match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            _ => TimeSpan.FromHours(number),
        };
    }

    [GeneratedRegex(@"^--+\s*belay:(?<words>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^accept\s+(?<rule>\S+)\s+because\s+(?<reason>\S.*)$")]
    private static partial Regex Acceptance();

    [GeneratedRegex(@"^(?<number>[0-9]{1,7})(?<unit>ms|s|min|h)$")]
    private static partial Regex Time();
}
