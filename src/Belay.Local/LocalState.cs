using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Belay.Postgres;

namespace Belay.Local;

/// <summary>What the local profile remembers from run to run.</summary>
internal sealed record LocalState
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new SecretConverter() },
    };

    /// <summary>The file's format.</summary>
    public required int Format { get; init; }

    /// <summary>The password of the role that owns the database.</summary>
    public required Secret OwnerPassword { get; init; }

    /// <summary>The password of the login API's role.</summary>
    public required Secret ApiPassword { get; init; }

    /// <summary>The key of Azurite's account, in Base64.</summary>
    public required Secret AzuriteKey { get; init; }

    /// <summary>Whether LocalUp started the parts, so that a run leaves them running.</summary>
    public bool IsKept { get; init; }

    /// <summary>PostgreSQL's last port, so that addresses stay the same; null before the first start.</summary>
    public int? PostgresPort { get; init; }

    /// <summary>Azurite; null when it was stopped.</summary>
    public LocalPart? Azurite { get; init; }

    /// <summary>The login API; null when it was stopped.</summary>
    public LocalPart? LoginApi { get; init; }

    /// <summary>Reads the file; a missing one gives a new state with new passwords.</summary>
    /// <exception cref="LocalException">The file is damaged or of another format.</exception>
    public static LocalState Read(string path)
    {
        if (!File.Exists(path))
        {
            return new LocalState
            {
                Format = CurrentFormat,
                OwnerPassword = NewPassword(),
                ApiPassword = NewPassword(),
                AzuriteKey = new Secret(Convert.ToBase64String(RandomNumberGenerator.GetBytes(64))),
            };
        }

        try
        {
            var text = File.ReadAllText(path);
            var format = JsonDocument.Parse(text).RootElement.GetProperty(nameof(Format)).GetInt32();
            return format == CurrentFormat
                ? JsonSerializer.Deserialize<LocalState>(text, Options)!
                : throw Unreadable($"has format {format}; this version reads format {CurrentFormat}");
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The parser's own message may quote a password.
            throw Unreadable("is damaged");
        }

        LocalException Unreadable(string fault)
            => new($"The local profile's state file {path} {fault}.", "./build.sh LocalReset stops the parts and removes all their data");
    }

    /// <summary>Writes the file, whole or not at all, readable by its owner alone.</summary>
    public void Write(string path) => PrivateFile.Write(path, JsonSerializer.Serialize(this, Options));

    private static Secret NewPassword() => new(RandomNumberGenerator.GetHexString(32, lowercase: true));
}
