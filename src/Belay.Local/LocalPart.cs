
namespace Belay.Local;

/// <summary>A process of the local profile.</summary>
internal sealed record LocalPart(ProcessIdentity Process, Uri Url);
