using Belay.Settings;

namespace Belay.Recovery;

/// <summary>What a rollback or a restore must be told.</summary>
internal static class RecoveryParameters
{
    /// <summary>The database's name, to confirm a rollback or a restore.</summary>
    public static Parameter<string?> Confirm { get; } = Declare.Text(
        "confirm", "The database's name, to confirm a rollback or a restore", sources: ParameterSources.CommandLine);

    /// <summary>The name of a database that a backup is restored into.</summary>
    public static Parameter<string?> ToNew { get; } = Declare.Text(
        "to-new",
        "Name of a new database that Restore makes beside that of DATABASE_URL, instead of taking its place",
        sources: ParameterSources.CommandLine);

    /// <summary>Whether a restore ends the sessions of the database that it replaces.</summary>
    public static Parameter<bool> EndSessions { get; } = Declare.Switch(
        "end-sessions", "Restore ends the sessions of the database that it replaces, when the restored one is whole");

    /// <summary>A replaced database that is to be dropped.</summary>
    public static Parameter<string?> DropOld { get; } = Declare.Text(
        "drop-old", "Name of a database that Restore has replaced, to drop it", sources: ParameterSources.CommandLine);

    /// <summary>What happens when a release fails after its commit.</summary>
    public static Parameter<FailurePolicy> OnFailure { get; } = Declare.Choice(
        "on-failure",
        "When Verify or SmokeTest fails after the migrations are committed: stop and name both ways back, or go back by rollback or "
            + "restore, which need --rehearse",
        FailurePolicy.Stop,
        FailurePolicy.Stop,
        FailurePolicy.Rollback,
        FailurePolicy.Restore);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Confirm, ToNew, EndSessions, DropOld, OnFailure];
}
