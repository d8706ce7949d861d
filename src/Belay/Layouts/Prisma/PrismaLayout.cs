using System.Text.RegularExpressions;
using Belay.Layouts.Reading;
using Belay.Sql;

namespace Belay.Layouts.Prisma;

/// <summary>
/// <c>20240131120000_name/migration.sql</c> in the order of the folders' names. Prisma sends a file as one message,
/// which PostgreSQL runs in one transaction unless it holds a single statement; so a file whose
/// statements allow no transaction runs outside one.
/// </summary>
internal sealed partial class PrismaLayout : NumberedLayout
{
    public override string ExpectedNames => "20240131120000_name/migration.sql";

    protected override bool RunsTies => true;

    public override string? Evidence(LayoutFolder folder) => folder.Find("/migration.sql").FirstOrDefault(Explains);

    public override IEnumerable<Migration> Read(LayoutFolder folder)
    {
        const string Lock = "migration_lock.toml";
        if (folder.Has(Lock)
            && folder.TextOf(Lock) is { } text
            && Provider().Match(text) is { Success: true } match
            && match.Groups["name"].Value is not ("postgresql" or "postgres" or "cockroachdb"))
        {
            folder.Faults.Add($"{folder.PathOf(Lock)} says that the migrations are for {match.Groups["name"].Value}, not for PostgreSQL");
        }

        var migrations = base.Read(folder).ToList();
        OrderOfNames.Demand([.. migrations.OrderBy(migration => migration.FileName, StringComparer.Ordinal)], folder.Faults);
        return migrations;
    }

    protected override Match Match(string file) => FileName().Match(file);

    protected override Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
        => base.Make(folder, file, version, match) is { } migration ? OutsideScript.MarkWhole(migration) : null;

    [GeneratedRegex(@"^(?<version>[0-9]{1,28})(?<name>[^/]*)/migration\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^\s*provider\s*=\s*""(?<name>[^""]*)""", RegexOptions.Multiline)]
    private static partial Regex Provider();
}
