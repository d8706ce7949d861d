using System.Text.Json.Serialization;

namespace Belay.Backups.Catalogue;

/// <summary>What a database is besides what is in it. An archive has it too, but there only <c>pg_restore --create</c> reads it, and only
/// under the same name.</summary>
public sealed record DatabaseDefinition
{
    /// <summary>The role that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>Its comment; null for none.</summary>
    public string? Comment { get; init; }

    /// <summary>Its encoding as CREATE DATABASE takes it, for example <c>UTF8</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>LC_COLLATE.</summary>
    public required string Collation { get; init; }

    /// <summary>LC_CTYPE.</summary>
    public required string CharacterType { get; init; }

    /// <summary>Who sorts: <c>libc</c>, <c>icu</c> (PostgreSQL 15) or <c>builtin</c> (17).</summary>
    public string LocaleProvider { get; init; } = "libc";

    /// <summary>The provider's locale, for example <c>de-u-kn-true</c>; null for libc.</summary>
    public string? Locale { get; init; }

    /// <summary>ICU's additional rules (PostgreSQL 16); null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IcuRules { get; init; }

    /// <summary>The tablespace of what names none.</summary>
    public required string Tablespace { get; init; }

    /// <summary>Other tablespaces that tables or indexes lie in.</summary>
    public IReadOnlyList<string> OtherTablespaces { get; init; } = [];

    /// <summary>CONNECTION LIMIT; -1 for none.</summary>
    public int ConnectionLimit { get; init; } = -1;

    /// <summary>Whether whoever may create databases may copy it.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>ALTER DATABASE … SET and ALTER ROLE … IN DATABASE … SET.</summary>
    public IReadOnlyList<DatabaseSetting> Settings { get; init; } = [];

    /// <summary>Who may do what with it; null for what every new database permits: PUBLIC may connect and make temporary tables.</summary>
    public IReadOnlyList<DatabasePrivilege>? Privileges { get; init; }

    /// <summary>The same without values that may be secrets: applications keep tokens in settings of their own,
    /// whose names have a dot.</summary>
    public DatabaseDefinition WithoutSecrets()
        => this with
        {
            Settings =
            [
                .. Settings.Select(
                    setting => setting.Name.Contains('.', StringComparison.Ordinal) ? setting with { Value = null } : setting),
            ],
        };
}
