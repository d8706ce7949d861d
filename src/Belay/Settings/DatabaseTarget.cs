using Belay.Settings.Tokens;

namespace Belay.Settings;

/// <summary>The target database: where it is, who connects, and how. Made by <c>DatabaseUrl.Parse</c>.</summary>
public sealed record DatabaseTarget
{
    /// <summary>The servers to try in this order; at least one.</summary>
    public required IReadOnlyList<DatabaseHost> Hosts { get; init; }

    /// <summary>The database's name.</summary>
    public required string Database { get; init; }

    /// <summary>The role to connect as.</summary>
    public required string Username { get; init; }

    /// <summary>The role's password; null when the server asks for none or ~/.pgpass has it.</summary>
    public Secret? Password { get; init; }

    /// <summary>What issues the password where it expires; <see cref="Password"/> is null then.</summary>
    internal DatabaseTokens? Tokens { get; init; }

    /// <summary>The address as it was given, for programs that read <c>DATABASE_URL</c> in a form of their own;
    /// null when it was given in parts.</summary>
    public Secret? Address { get; init; }

    /// <summary>The other parameters by their libpq names (<c>sslmode</c>, <c>sslrootcert</c>, <c>options</c>, <c>target_session_attrs</c>,
    /// <c>connect_timeout</c>, …).</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The database as people may see it: <c>host:port/database</c>, never with user or password.</summary>
    public string DisplayName => $"{string.Join(',', Hosts)}/{Database}";

    /// <summary>The same with a password that a connection can be opened with now.</summary>
    internal async Task<DatabaseTarget> WithPasswordAsync(CancellationToken cancellationToken)
        => Tokens is null ? this : this with { Password = await Tokens.GetAsync(cancellationToken) };

    /// <inheritdoc/>
    public override string ToString() => DisplayName;
}
