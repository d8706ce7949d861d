namespace Belay.Reporting;

/// <summary>The past of one database, as its stored records tell it.</summary>
/// <param name="Database">The database's name, without its server.</param>
/// <param name="Count">How many records there are.</param>
/// <param name="Newest">The newest of them, newest first.</param>
internal sealed record PastReleases(string Database, long Count, IReadOnlyList<StatusRelease> Newest);
