using System.Security.Cryptography;
using System.Text;

namespace Belay.Schema;

/// <summary>A canonical description of a database's schema: the same lines for the same schema, whatever
/// its objects' numbers are.</summary>
internal sealed record SchemaSnapshot
{
    /// <summary>The description's form. Snapshots of different forms are not compared.</summary>
    public const int CurrentFormat = 1;

    /// <summary>One line for each object and each part of one, in ordinal order.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The objects that have an owner.</summary>
    public required IReadOnlyList<OwnedObject> Owned { get; init; }

    /// <summary>The server's major version; another one may word the same view differently.</summary>
    public required int ServerMajor { get; init; }

    /// <summary>SHA-256 over the lines, each ended by LF, in lower-case hexadecimal.</summary>
    public string Sha256 => Hash(Lines);

    private static string Hash(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
