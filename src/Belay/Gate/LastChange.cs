namespace Belay.Gate;

/// <summary>The last change of a database that anybody recorded: a backup from before it would lose it.</summary>
/// <param name="AtUtc">When it was recorded, by the server's clock.</param>
/// <param name="What">What it was, for messages: <c>the last migration</c>.</param>
internal sealed record LastChange(DateTimeOffset AtUtc, string What);
