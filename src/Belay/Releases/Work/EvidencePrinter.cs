using Belay.Backups;
using Belay.Backups.Catalogue;

namespace Belay.Releases.Work;

/// <summary>Prints what stands behind a proof.</summary>
internal static class EvidencePrinter
{
    public static void Print(BackupManifest manifest, IReleaseOutput output)
    {
        foreach (var evidence in manifest.Evidence)
        {
            output.Line(
                $"      {evidence.Level.Name()} at {Quantity.Utc(evidence.AtUtc)} in {evidence.Seconds:0.0} s: "
                    + $"{string.Join("; ", evidence.Facts)}");
        }
    }
}
