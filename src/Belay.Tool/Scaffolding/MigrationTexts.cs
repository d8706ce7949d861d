namespace Belay.Tool.Scaffolding;

/// <summary>What stands in a new migration's files. None has a statement: what is not written does nothing,
/// and a rollback without one is refused.</summary>
internal static class MigrationTexts
{
    /// <summary>The script.</summary>
    public const string Script = """
        -- {name}: what it does, and why.
        -- It runs in one transaction; a statement that allows none needs a line "-- belay: no-transaction" at the head.


        """;

    /// <summary>The checks.</summary>
    public const string Verify = """
        -- What must hold after {name}. It is checked before the COMMIT, which a failure rolls back, and again by Verify. For example:
        --
        --   (check: every order has a currency)
        --   (expect: no rows)
        --   SELECT id FROM orders WHERE currency IS NULL;
        --
        -- with "-- check:" and "-- expect:" in place of the brackets, at the beginning of a line.

        """;

    /// <summary>The way back.</summary>
    public const string WayBack = """
        -- Takes {name} back, behind the same backup and gate. Without a statement here Rollback refuses.


        """;
}
