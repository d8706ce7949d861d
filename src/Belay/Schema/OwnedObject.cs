namespace Belay.Schema;

/// <summary>An object of the schema that has an owner.</summary>
/// <param name="Kind">Its kind in SQL's words, lower case: <c>table</c>, <c>function</c>.</param>
/// <param name="Name">Its name, quoted where needed and qualified.</param>
/// <param name="Owner">The owner's name, without quotes.</param>
internal sealed record OwnedObject(string Kind, string Name, string Owner);
