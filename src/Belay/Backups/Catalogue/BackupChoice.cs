namespace Belay.Backups.Catalogue;

/// <summary>Which backup a user means.</summary>
/// <param name="Id">Its id, or <c>latest</c>.</param>
/// <param name="Database">The name of the database that it must be of; null when none was named.</param>
internal sealed record BackupChoice(string Id, string? Database)
{
    /// <summary>What stands for the newest backup of the database.</summary>
    public const string Latest = "latest";

    private const int ShownAtMost = 10;

    /// <summary>Chooses.</summary>
    /// <param name="store">The store as people may see it.</param>
    /// <exception cref="BackupException">There is none, or more than one database could be meant.</exception>
    public CatalogBackup From(CatalogContents contents, string store)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var ofDatabase = contents.Backups.Where(backup => Database is null || backup.Manifest.Database.Name == Database).ToList();
        var fitting = Id == Latest ? ofDatabase : [.. ofDatabase.Where(backup => backup.Manifest.Id == Id)];
        if (fitting.Count == 0)
        {
            throw new BackupException(
                $"There is no backup '{Id}'{(Database is null ? "" : $" of database {Database}")} in "
                    + $"{store}.{Elsewhere(contents)}{Doubtful(contents)}",
                ofDatabase.Count == 0 && Id == Latest
                    ? "./build.sh Backup takes one; ./build.sh Status lists the backups that are there."
                    : "./build.sh Status lists the backups that are there.");
        }

        var databases = fitting.GroupBy(Of).ToList();
        var name = databases.DistinctBy(group => group.First().Manifest.Database.Name).Count() == 1 ? "" : "the database (--database) or ";
        return databases.Count == 1 ? fitting[0] : throw new BackupException(
            string.Join(
                '\n',
                [
                    $"'{Id}' could be a backup of {databases.Count} databases in {store}:",
                    .. databases.Take(ShownAtMost).Select(group => $"  {Describe(group.First())}"),
                ]),
            $"Name {name}the backup's id (--backup <id>).");
    }

    /// <summary>A backup with its database and server, for people.</summary>
    public static string Describe(CatalogBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        return $"{backup.Manifest.Id} of {backup.Manifest.Database} on "
            + $"{backup.Manifest.Origin?.Address ?? "a server that it does not name"}, {backup.Judgement.Level.Name()}"
            + (backup.Judgement.Fault is { } fault ? $"; {fault}" : "");
    }

    private static string Of(CatalogBackup backup)
        => backup.Manifest.Database
            + (backup.Manifest.Database.SystemIdentifier == Postgres.DatabaseReader.UnknownSystem ? backup.Manifest.Origin?.Address : "");

    private string Elsewhere(CatalogContents contents)
        => Database is null || contents.Backups.FirstOrDefault(backup => backup.Manifest.Id == Id) is not { } other
            ? ""
            : $" It is one of database {other.Manifest.Database.Name}.";

    private string Doubtful(CatalogContents contents) => string.Concat([
        .. contents.Unreadable.Where(manifest => Id == Latest || manifest.Found.Name.Contains(Id, StringComparison.Ordinal))
            .Select(manifest => " " + manifest.Reason),
        .. contents.Orphans.Where(orphan => orphan.Name.Contains(Id, StringComparison.Ordinal))
            .Select(orphan => $" '{orphan.Name}' has no manifest, so it is no backup."),
    ]);
}
