using Belay.Settings;

namespace Belay.Migrators;

/// <summary>What says which migrator runs in place of our runner.</summary>
internal static class MigratorParameters
{
    /// <summary>The migrator's command.</summary>
    public static Parameter<IReadOnlyList<string>?> Migrator { get; } =
        new("migrator", "Another migration tool's command, run in place of our runner behind backup and gate", ParameterKind.Text)
        {
            Reader = text => CommandWords.Split(text) is { Count: > 0 } words ? new(words) : null,
            Rule = "it must be a command with its quotes closed",
        };

    /// <summary>Its longest run.</summary>
    public static Parameter<TimeSpan> MigratorTimeout { get; } = Declare.Duration(
        "migrator-timeout", "Longest run of the migrator", "30min");

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Migrator, MigratorTimeout];
}
