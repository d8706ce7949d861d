using Belay.Settings;

namespace Belay.Recovery;

/// <summary>What a rollback must be told.</summary>
internal static class RecoveryParameters
{
    /// <summary>The database's name, to confirm a rollback.</summary>
    public static Parameter<string?> Confirm { get; } = Declare.Text(
        "confirm", "The database's name, to confirm a rollback", sources: ParameterSources.CommandLine);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Confirm];
}
