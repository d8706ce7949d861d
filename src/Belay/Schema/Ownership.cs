namespace Belay.Schema;

/// <summary>Tells which new objects belong to another role than people expect.</summary>
internal static class Ownership
{
    /// <summary>PostgreSQL's own role for whoever owns the database: schema public belongs to it, and
    /// nobody is meant to give it anything.</summary>
    private const string DatabaseOwner = "pg_database_owner";

    /// <summary>One warning for each new object with an unexpected owner, with the statement that mends it.</summary>
    /// <param name="before">The objects before the run.</param>
    /// <param name="after">The objects after it.</param>
    /// <param name="role">The role that was asked for; null for the owner of most objects that the schema had before.</param>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<OwnedObject> before, IReadOnlyList<OwnedObject> after, string? role)
    {
        var known = before.Select(Identity).ToHashSet(StringComparer.Ordinal);
        var usual = before.Where(one => one.Owner != DatabaseOwner)
            .GroupBy(SchemaOf)
            .Select(group => (group.Key, Owner: Majority([.. group])))
            .Where(one => one.Owner is not null)
            .ToDictionary(one => one.Key, one => one.Owner!, StringComparer.Ordinal);
        return
        [
            .. from one in after
               where !known.Contains(Identity(one))
               let expected = role ?? usual.GetValueOrDefault(SchemaOf(one))
               where expected is not null && expected != one.Owner
               select $"The new {one.Kind} {one.Name} belongs to \"{one.Owner}\", "
                   + $"{(role is null ? $"most objects of its schema to \"{expected}\"" : $"not to \"{expected}\"")}: "
                   + $"ALTER {one.Kind.ToUpperInvariant()} {one.Name} OWNER TO {SqlName.Quote(expected)}",
        ];
    }

    private static string Identity(OwnedObject one) => $"{one.Kind} {one.Name}";

    /// <summary>The part before the first dot outside quotes; a schema itself stands in no schema.</summary>
    private static string SchemaOf(OwnedObject one)
    {
        var quoted = false;
        for (var index = 0; index < one.Name.Length; index++)
        {
            quoted ^= one.Name[index] == '"';
            if (one.Name[index] == '.' && !quoted)
            {
                return one.Name[..index];
            }
        }

        return "";
    }

    private static string? Majority(IReadOnlyList<OwnedObject> objects)
        => objects.GroupBy(one => one.Owner).Where(group => group.Count() * 2 > objects.Count).Select(group => group.Key).FirstOrDefault();
}
