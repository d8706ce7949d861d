namespace Belay.Postgres;

/// <summary>One running server. A physical copy of a cluster has the same system identifier, oid and names, but not these.</summary>
/// <param name="Address">Address and port as the server itself sees the connection, <c>10.0.0.5:5432</c>;
/// <c>socket:5432</c> for a Unix socket.</param>
/// <param name="StartedUtc">When the server was started, to the microsecond: two servers never share it.</param>
/// <param name="Timeline">The timeline of its write-ahead log, which a promotion changes; null where the server does not say.</param>
public sealed record ServerOrigin(string Address, DateTimeOffset StartedUtc, int? Timeline);
