namespace Belay.Postgres;

/// <summary>What tells one database from every other: the cluster's own identifier, the database's oid, its name.</summary>
/// <param name="SystemIdentifier">pg_control_system()'s system_identifier as decimal digits;
/// <c>unknown</c> where the role may not read it.</param>
/// <param name="Oid">The database's oid; changes when it is dropped and created again.</param>
public sealed record DatabaseIdentity(string SystemIdentifier, uint Oid, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} (oid {Oid}, system {SystemIdentifier})";
}
