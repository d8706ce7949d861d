using Belay.Sql;

namespace Belay.Layouts.Foreign;

/// <summary>Which files another tool has applied, and what speaks against recording it.</summary>
/// <param name="Recorded">The files to record, in order, each with its entry.</param>
/// <param name="Pending">The files that stay pending.</param>
/// <param name="Faults">Reasons to record nothing; empty when all may be recorded.</param>
/// <param name="Warnings">What is odd but stops nothing, one line each.</param>
internal sealed record AdoptionPlan(
    IReadOnlyList<(Migration File, ForeignEntry Entry)> Recorded,
    IReadOnlyList<Migration> Pending,
    IReadOnlyList<AdoptionFault> Faults,
    IReadOnlyList<string> Warnings)
{
    private const string MissingHint =
        "put the file back, or write \"-- belay: adopts <id>\" into the first lines of the file that is meant";

    /// <summary>Compares another tool's history with the files. Touches neither.</summary>
    /// <param name="files">The migrations of the folder, ordered by version.</param>
    public static AdoptionPlan Make(string tool, ForeignHistory history, IReadOnlyList<Migration> files)
    {
        var versioned = files.Where(file => !file.IsRepeatable).ToList();
        var match = new EntryMatch(versioned);
        var found = history.Entries.Select(entry => (Entry: entry, File: match.Find(entry))).ToList();
        var recorded = versioned.Select(file => (File: file, Entry: EntryOf(file, found)))
            .Where(one => one.Entry is not null)
            .Select(one => (one.File, Entry: one.Entry!))
            .ToList();
        var pending = files.Except(recorded.Select(one => one.File)).ToList();
        var late = recorded.Count == 0
            ? []
            : pending.Where(file => !file.IsRepeatable && file.Version < recorded[^1].File.Version).ToList();
        var (missing, dropped) = Missing(found, late);
        var faults = history.Faults.Concat(missing).Concat(Renamed(recorded)).ToList();
        if (recorded.Count == 0 && faults.Count == 0)
        {
            faults.Add(Nothing(history));
        }

        return new AdoptionPlan(
            recorded,
            pending,
            faults,
            [.. history.Warnings, .. dropped, .. late.Select(file => Late(file, tool)), .. Changed(recorded, tool)]);
    }

    /// <summary>The file's own entry, or the one that stands for all before it.</summary>
    private static ForeignEntry? EntryOf(Migration file, List<(ForeignEntry Entry, Migration? File)> found)
        => found.Where(one => one.File == file).Select(one => one.Entry).FirstOrDefault()
            ?? found.Where(
                one => one.Entry.ReachesBack && file.Version <= (one.File?.Version ?? (one.Entry.IsBaseline ? one.Entry.Version : null)))
                    .Select(one => one.Entry)
                    .FirstOrDefault();

    /// <summary>An entry without a file is a fault, unless it is older than all that have one: then its
    /// file was taken out long ago.</summary>
    private static (IEnumerable<AdoptionFault> Faults, IEnumerable<string> Warnings) Missing(
        List<(ForeignEntry Entry, Migration? File)> found, List<Migration> late)
    {
        var first = found.FindIndex(one => one.File is not null || one.Entry.IsBaseline);
        var missing = found.Select((one, index) => (one.Entry, one.File, index))
            .Where(one => one.File is null && !one.Entry.IsBaseline)
            .ToList();
        var old = late.Count == 0 ? missing.Where(one => one.index < first).ToList() : [];
        return (
            missing.Except(old)
                .Select(one => new AdoptionFault($"{one.Entry.Title}: is applied and has no file in the folder", MissingHint)),
            old.Count == 0
                ? []
                : [
                    $"{Quantity.Count(old.Count, "older entry", "older entries")} without a file in the folder, not recorded: "
                        + $"{string.Join(", ", old.Select(one => one.Entry.Script ?? one.Entry.Id))}",
                ]);
    }

    private static IEnumerable<AdoptionFault> Renamed(List<(Migration File, ForeignEntry Entry)> recorded)
        => from one in recorded
           where one.File.Version == one.Entry.Version && !one.Entry.IsBaseline && !EntryMatch.HasSameName(one.File, one.Entry)
           select new AdoptionFault(
               $"{one.Entry.Title}: has the number of {one.File.FileName}, but its name is \"{one.Entry.Name}\"",
               $"name the file of that number as the tool did, or write \"-- belay: adopts {one.Entry.Id}\" into the first lines of the "
                   + "file that is meant");

    private static IEnumerable<string> Changed(List<(Migration File, ForeignEntry Entry)> recorded, string tool)
        => from one in recorded
           where one.Entry is { Checksum: not null, IsBaseline: false }
           let sum = one.Entry.Checksum!.Of(File.ReadAllBytes(one.File.Path))
           where sum != one.Entry.Checksum!.Recorded
           select $"{one.File.FileName} is not the text that ran: {tool}'s checksum of it is {sum}, recorded is "
               + $"{one.Entry.Checksum!.Recorded}";

    private static string Late(Migration file, string tool)
        => $"{file.FileName} sorts before the newest applied one, but {tool} did not apply it: it stays pending, and Migrate refuses it "
            + "without --allow-out-of-order";

    private static AdoptionFault Nothing(ForeignHistory history) => history.Entries.Count == 0
        ? new($"{history.Table} has no applied migration", "./build.sh Migrate")
        : new("none of its entries has a file in the folder, so there is nothing to record", MissingHint);
}
