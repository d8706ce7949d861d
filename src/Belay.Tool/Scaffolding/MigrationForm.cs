using System.Text.RegularExpressions;

namespace Belay.Tool.Scaffolding;

/// <summary>How a tool's next migration looks.</summary>
/// <param name="Script">The script's name, with <c>{version}</c> and <c>{name}</c> in it.</param>
/// <param name="WayBack">The name of the file that takes it back; null when the script holds its own way back.</param>
/// <param name="First">The number in an empty folder.</param>
internal sealed partial record MigrationForm(string Script, string? WayBack, NumberForm First)
{
    /// <summary>The script's text, with <c>{name}</c> in it.</summary>
    public string Text { get; init; } = MigrationTexts.Script;

    /// <summary>Another form, where the newest file ends like this one's script.</summary>
    public MigrationForm? Otherwise { get; init; }

    /// <summary>The files of the next migration, the script first.</summary>
    /// <param name="newest">The newest migration's path from the folder; null when there is none.</param>
    /// <param name="now">The time, for numbers that are times.</param>
    public IReadOnlyList<NewFile> Files(string? newest, string name, DateTimeOffset now)
    {
        if (newest is not null && Otherwise is { } other && newest.EndsWith(other.Ending, StringComparison.Ordinal))
        {
            return other.Files(newest, name, now);
        }

        var (folder, number) = Part(newest);
        var version = number is null ? NextNumber.First(First, now) : NextNumber.After(number, now);
        string Fill(string text)
            => text.Replace("{version}", version, StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal)
                .Replace("{separator}", SeparatorOf(newest), StringComparison.Ordinal);
        var script = folder + Fill(Script);
        List<NewFile> files = [new(script, Fill(Text)), new($"{script[..^".sql".Length]}.verify.sql", Fill(MigrationTexts.Verify))];
        if (WayBack is not null)
        {
            files.Add(new NewFile(folder + Fill(WayBack), Fill(MigrationTexts.WayBack)));
        }

        return files;
    }

    private string Ending => Script[(Script.IndexOf("{name}", StringComparison.Ordinal) + "{name}".Length)..];

    private (string Folder, string? Number) Part(string? newest)
    {
        if (newest is null)
        {
            return ("", null);
        }

        // A migration may be a folder itself; what stands above it is the folder that the next one belongs into.
        var depth = Script.Count(sign => sign == '/') + 1;
        var parts = newest.Split('/');
        var folder = string.Concat(parts.SkipLast(depth).Select(part => $"{part}/"));
        var named = Script.StartsWith('V') ? VersionedName() : NumberedName();
        return (folder, named.Match(parts[^depth]) is { Success: true } match ? match.Groups["number"].Value : null);
    }

    private static string SeparatorOf(string? newest)
        => newest is not null && SeparatedName().Match(newest.Split('/')[^1]) is { Success: true } match
            ? match.Groups["separator"].Value
            : "_";

    [GeneratedRegex("^[VU](?<number>[0-9]+([._][0-9]+)*)__")]
    private static partial Regex VersionedName();

    [GeneratedRegex(@"^(?<number>[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}(?![0-9])|[0-9]+(\.[0-9]+)*(?!-[0-9]))")]
    private static partial Regex NumberedName();

    [GeneratedRegex(@"^[0-9][0-9.]*(?<separator>[-_ ]+)[A-Za-z]")]
    private static partial Regex SeparatedName();
}
