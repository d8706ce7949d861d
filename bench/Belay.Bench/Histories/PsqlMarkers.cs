using System.Text.RegularExpressions;

namespace Belay.Bench.Histories;

/// <summary>What the markers of a tool make of a file, by the tool's rules.</summary>
internal static partial class PsqlMarkers
{
    private static readonly string[] NoTransaction =
    [
        "-- +goose NO TRANSACTION",
        "-- +migrate Up notransaction",
        "-- postgres-migrations disable-transaction",
        "---- tern: disable-tx ----",
        "-- atlas:txmode none",
    ];

    /// <summary>The way up of a file.</summary>
    public static string Up(string text) => Above().Match(text) is { Success: true } above ? above.Groups["up"].Value
        : Between().Match(text) is { Success: true } between ? between.Groups["up"].Value
        : text;

    /// <summary>Whether a marker, or the statement itself where the tool sends the file as it is, keeps it out of a transaction.</summary>
    public static bool AsksForNoTransaction(string text)
        => text.StartsWith("-- no-transaction", StringComparison.Ordinal)
            || NoTransaction.Any(marker => text.Contains(marker, StringComparison.Ordinal))
            || MustRunOutside(text);

    /// <summary>Whether the file has a statement that no transaction takes.</summary>
    public static bool MustRunOutside(string text) => Concurrently().IsMatch(text);

    [GeneratedRegex(@"\A(?<up>.*?)^(---- create above / drop below ----|-- //@UNDO)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Above();

    [GeneratedRegex(
        @"^--\s*(\+goose Up|\+migrate Up|Up Migration)[^\n]*\n(?<up>.*?)(^--\s*(\+goose Down|\+migrate Down|Down Migration)|\z)",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Between();

    [GeneratedRegex(
        @"^\s*(CREATE\s+(UNIQUE\s+)?INDEX|DROP\s+INDEX|REINDEX\s+\w+)\s+CONCURRENTLY\b", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Concurrently();
}
