namespace Belay.Arguments;

/// <summary>An option of this run that the next command needs too: it says where things are.</summary>
/// <param name="Name">For example <c>--migrations</c>.</param>
public sealed record RepeatedOption(string Name, IReadOnlyList<string> Words)
{
    private static readonly string[] Names =
    [
        "root", "profile", "migrations", "layout", "migrator", "database-auth", "backup-store", "backup-container", "backup-prefix",
        "smoke-url",
    ];

    /// <summary>As it is typed in a shell.</summary>
    public override string ToString() => string.Join(' ', [Name, .. Words.Select(Quoted)]);

    /// <summary>Those among the options that were typed.</summary>
    internal static IReadOnlyList<RepeatedOption> Of(IEnumerable<TypedOption> options)
        => [.. from name in Names
               from option in options
               where Arguments.Names.Same(name, option.Name) && option.Words.Count > 0
               select new RepeatedOption($"--{name}", option.Words)];

    private static string Quoted(string word)
        => word.All(sign => char.IsAsciiLetterOrDigit(sign) || "-_./:@%+=,".Contains(sign, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
