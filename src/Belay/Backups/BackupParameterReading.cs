using System.Text.RegularExpressions;
using Belay.Settings;

namespace Belay.Backups;

/// <summary>Reads the parameters whose forms only backups know.</summary>
internal static partial class BackupParameterReading
{
    /// <summary>A level of proof that a gate can demand.</summary>
    public static ProofLevel Level(this ParameterReader read, string name, string? text, ProofLevel standard)
    {
        if (text is null)
        {
            return standard;
        }

        if (Array.Find(ProofLevels.Demandable, level => level.Word().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is var level and not ProofLevel.None)
        {
            return level;
        }

        var words = ProofLevels.Demandable.Select(demandable => demandable.Word()).ToArray();
        read.Refuse(name, text, $"it must be {string.Join(", ", words.SkipLast(1))} or {words[^1]}");
        return standard;
    }

    /// <summary>A codec with an optional level.</summary>
    public static string? Codec(this ParameterReader read, string name, string? text)
    {
        if (text is null || CodecPattern().IsMatch(text))
        {
            return text;
        }

        read.Refuse(name, text, "it must be zstd or native:zstd, with :1 to :19, gzip, with :1 to :9, native, with :0 to :9, or none");
        return null;
    }

    [GeneratedRegex("^((native:)?zstd(:([1-9]|1[0-9]))?|gzip(:[1-9])?|native(:[0-9])?|none)$")]
    private static partial Regex CodecPattern();
}
