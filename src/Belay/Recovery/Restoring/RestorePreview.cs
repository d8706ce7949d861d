using Belay.Backups.Catalogue;
using Belay.Settings;

namespace Belay.Recovery.Restoring;

/// <summary>What a restore finds, and what would be lost by it.</summary>
internal sealed record RestorePreview
{
    /// <summary>What is asked.</summary>
    public required RestoreRequest Request { get; init; }

    /// <summary>Whether there is a database of that name already.</summary>
    public required bool Exists { get; init; }

    /// <summary>Whether there is one and it has nothing in it.</summary>
    public required bool IsEmpty { get; init; }

    /// <summary>Who is connected to it, one line for each program and role.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>What would be lost, in lines; empty where nothing is replaced.</summary>
    public IReadOnlyList<string> Losses { get; init; } = [];

    /// <summary>The databases that earlier restores have put aside for this one, by name.</summary>
    public IReadOnlyList<string> PutAside { get; init; } = [];

    /// <summary>What the database has besides its contents; null where there is none.</summary>
    internal DatabaseDefinition? Live { get; init; }

    /// <summary>Whether something is replaced that a backup must be taken of first.</summary>
    public bool Replaces => Exists && !IsEmpty;

    /// <summary>The plan, in lines.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. Replaces ? ["DANGER: This puts an older state in the place of a database that has data."] : Array.Empty<string>(),
        $"Backup {Request.Backup.Id} of {Request.Backup.Database.Name}, taken {Quantity.Utc(Request.Backup.SnapshotUtc)}, into "
            + $"{(Exists ? IsEmpty ? "the empty" : "the place of the" : "a new")} database {Request.Name}",
        .. Losses,
        .. PutAside.Select(old => $"  put aside by an earlier restore: {old}; when nobody needs it: {ReplacedDatabase.DropCommand(old)}"),
        .. Sessions.Select(session => $"  connected: {session}"),
    ];

    /// <summary>Refuses unless what is replaced was named.</summary>
    /// <exception cref="SettingsException">It was not, or another was; nothing was touched.</exception>
    public void Confirm()
    {
        if (Replaces && Request.Confirmation != Request.Name)
        {
            throw new SettingsException(
                Request.Confirmation is null
                    ? $"The restore in place of {Request.Name} is not confirmed; nothing was touched"
                    : $"--confirm {Request.Confirmation} is not the name of the database, {Request.Name}; nothing was touched",
                $"./build.sh Restore --backup {Request.Backup.Id} --confirm {ShellWord.Of(Request.Name)}; or beside it: "
                    + $"./build.sh Restore --backup {Request.Backup.Id} --to-new {ShellWord.Of($"{Request.Name}_restored")}");
        }
    }

    /// <summary>Refuses when somebody is connected to what is replaced and nobody said that sessions are to be ended.</summary>
    /// <exception cref="RestoreRefusedException">Somebody is.</exception>
    public void DemandAlone()
    {
        if (Sessions.Any(session => session.StartsWith("belay ", StringComparison.Ordinal)))
        {
            throw new RestoreRefusedException(
                $"Another run of Belay is connected to {Request.Name}: {string.Join("; ", Sessions)}. Nothing was touched.",
                "Let it end, then run the command again.");
        }

        if (Sessions.Count > 0 && !Request.EndsSessions)
        {
            throw new RestoreRefusedException(
                $"A database that somebody is connected to cannot be replaced, and to {Request.Name} are: "
                    + $"{string.Join("; ", Sessions)}. Nothing was touched.",
                "Stop the application, or have its sessions ended when the restored database takes the place: --end-sessions");
        }
    }
}
