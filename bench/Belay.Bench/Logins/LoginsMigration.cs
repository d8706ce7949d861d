namespace Belay.Bench.Logins;

/// <summary>The migration that all tools run.</summary>
internal static class LoginsMigration
{
    /// <summary>Its file's name.</summary>
    public const string FileName = "0001_add_max_alerts.sql";

    /// <summary>Its text, in the form of the guide's migration.</summary>
    public const string Text = """
        BEGIN;
        ALTER TABLE "user" ADD COLUMN max_alerts INTEGER NOT NULL DEFAULT 5;
        COMMENT ON COLUMN "user".max_alerts IS 'Database efficiency limit - max alerts per user';
        COMMIT;

        """;
}
