using Belay.History;
using Belay.Settings;

namespace Belay.Recovery;

/// <summary>What a rollback would do and what would be lost.</summary>
internal sealed record RollbackPreview
{
    /// <summary>What would be taken back, newest first; empty when the database stands there already.</summary>
    public required IReadOnlyList<RollbackStep> Steps { get; init; }

    /// <summary>The connected database's name.</summary>
    public required string Database { get; init; }

    /// <summary>The version that was asked for; null for the one before the newest.</summary>
    public decimal? To { get; init; }

    /// <summary>The migration that would be the newest afterwards; null for none.</summary>
    public AppliedMigration? Remaining { get; init; }

    /// <summary>What would be taken back, in words.</summary>
    public string Name => Steps switch
    {
        [] => "nothing",
        [var only] => only.Name,
        [var first, .., var last] => $"{Steps.Count} migrations, {first.Name} to {last.Name}",
    };

    /// <summary>What is the newest migration afterwards, in words.</summary>
    public string Standing => Remaining is null ? "no migration is applied" : $"the newest applied migration is {Remaining.FullName}";

    /// <summary>The command that does it.</summary>
    public string Command => $"./build.sh Rollback{(To is { } version ? $" --to {version}" : "")} --confirm {ShellWord.Of(Database)}";

    /// <summary>The warning, in lines.</summary>
    public IReadOnlyList<string> Lines =>
    [
        "DANGER: This will drop data. Only use for emergency rollback.",
        "WARNING: Only do this if absolutely necessary and you understand the implications.",
        .. Steps.SelectMany(step => step.LinesIn(Database)),
        .. To is null ? Array.Empty<string>() : [$"Afterwards {Standing}."],
    ];

    /// <summary>Refuses unless the confirmation is the database's name.</summary>
    /// <param name="confirmation">What was typed after <c>--confirm</c>; null for nothing.</param>
    /// <exception cref="SettingsException">It is something else; nothing was touched.</exception>
    public void Confirm(string? confirmation)
    {
        if (confirmation != Database)
        {
            throw new SettingsException(
                confirmation is null
                    ? $"Rollback of {Name} is not confirmed; nothing was touched"
                    : $"--confirm {confirmation} is not the name of the database, {Database}; nothing was touched",
                Command);
        }
    }
}
