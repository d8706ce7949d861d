using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Belay.Layouts.Flyway;

/// <summary>The checksum that Flyway keeps of a script: CRC-32 over the lines in UTF-8 without their
/// ends and without a byte order mark.</summary>
internal static class FlywayChecksum
{
    /// <summary>The checksum of a file's bytes, as Flyway's signed integer in decimal.</summary>
    public static string Of(byte[] content) => Of(Encoding.UTF8.GetString(content)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The checksum of a script's text, as Flyway's signed integer.</summary>
    public static int Of(string text)
    {
        var checksum = new Crc32();
        foreach (var line in text.TrimStart('\uFEFF').Split(["\r\n", "\n", "\r"], StringSplitOptions.None))
        {
            checksum.Append(Encoding.UTF8.GetBytes(line));
        }

        return (int)checksum.GetCurrentHashAsUInt32();
    }
}
