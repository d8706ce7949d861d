namespace Belay.Tool.Scaffolding;

/// <summary>The forms of the layouts whose next migration is its files and nothing else.</summary>
internal static class MigrationForms
{
    private const string Numbered = "{version}_{name}.sql";
    private const string NumberedBack = "{version}_{name}.rollback.sql";

    private static readonly MigrationForm TwoWays = new("{version}_{name}.up.sql", "{version}_{name}.down.sql", NumberForm.SixDigits);

    private static readonly Dictionary<string, MigrationForm> Forms = new(StringComparer.Ordinal)
    {
        ["belay"] = new(Numbered, NumberedBack, NumberForm.FourDigits),
        ["plain"] = new("{version}{separator}{name}.sql", "{version}{separator}{name}.rollback.sql", NumberForm.FourDigits),
        ["golang-migrate"] = TwoWays,
        ["sqlx"] = new(Numbered, NumberedBack, NumberForm.Time) { Otherwise = TwoWays },
        ["flyway"] = new("V{version}__{name}.sql", "U{version}__{name}.sql", NumberForm.Plain),
        ["refinery"] = new("V{version}__{name}.sql", "V{version}__{name}.rollback.sql", NumberForm.Plain),
        ["diesel"] = new("{version}_{name}/up.sql", "{version}_{name}/down.sql", NumberForm.TimeWithDashes),
        ["hasura"] = new("{version}_{name}/up.sql", "{version}_{name}/down.sql", NumberForm.Milliseconds),
        ["dbmate"] = Marked("-- migrate:up", "-- migrate:down", NumberForm.Time),
        ["goose"] = Marked("-- +goose Up", "-- +goose Down", NumberForm.Time),
        ["sql-migrate"] = Marked("-- +migrate Up", "-- +migrate Down", NumberForm.Time),
        ["node-pg-migrate"] = Marked("-- Up Migration", "-- Down Migration", NumberForm.Milliseconds),
        ["tern"] = new(
            Numbered,
            null,
            NumberForm.FourDigits) { Text = "-- {name}: what it does, and why.\n\n---- create above / drop below ----\n\n" },
    };

    /// <summary>A layout's form; null when its own tool keeps more than files.</summary>
    public static MigrationForm? Of(string layout) => Forms.GetValueOrDefault(layout);

    /// <summary>How a layout's own tool makes a migration.</summary>
    public static string HintFor(string layout) => layout switch
    {
        "prisma" => "npx prisma migrate dev --create-only --name <name>",
        "drizzle" => "npx drizzle-kit generate --custom --name <name>",
        "sqitch" => "sqitch add <name>",
        "atlas" => "atlas migrate new <name>",
        "mybatis" => "migrate new <name>",
        _ => "write the file as the others of that folder are named",
    };

    private static MigrationForm Marked(string up, string down, NumberForm first)
        => new(Numbered, null, first) { Text = $"{up}\n-- {{name}}: what it does, and why.\n\n{down}\n\n" };
}
