using Belay.Postgres;

namespace Belay.Local;

/// <summary>A process of the local profile.</summary>
/// <param name="Process">The process.</param>
/// <param name="Url">Where it listens.</param>
internal sealed record LocalPart(ProcessIdentity Process, Uri Url);
