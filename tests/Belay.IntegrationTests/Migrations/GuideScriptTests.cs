using System.Text.RegularExpressions;
using Belay.IntegrationTests.Support;

namespace Belay.IntegrationTests.Migrations;

/// <summary>The repository's migration without Belay, as the guide's second method runs it.</summary>
public sealed partial class GuideScriptTests(PostgresFixture postgres)
{
    private static readonly string[] Columns = ["clear_previous_anomalies", "show_clear_warning", "max_reports", "max_templates"];

    private static readonly string[] Verification =
    [
        "NOTICE:  ================================================",
        "NOTICE:  Migration verification: 4 out of 4 columns exist",
        "NOTICE:  ================================================",
        "NOTICE:  SUCCESS: All 4 columns have been added successfully!",
    ];

    private static string Script => Path.Combine(TestFolder.Checkout, "migrations", "0001_add_user_analysis_preferences.sql");

    [Fact]
    public async Task Prints_BEGIN_COMMIT_and_the_guide_s_notices_under_psql_and_may_run_again()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            """CREATE TABLE "user" (id integer PRIMARY KEY, username varchar(80) UNIQUE NOT NULL, password_hash varchar(200))""", Token);

        var first = await Psql.RunAsync(database.Target, Script, Token);
        var second = await Psql.RunAsync(database.Target, Script, Token);

        Assert.Equal((0, "BEGIN\nCOMMIT\n"), (first.ExitCode, first.StandardOutput));
        Assert.Equal([.. Columns.Select(column => $"NOTICE:  Added column: {column}"), .. Verification], Messages(first.StandardError));
        Assert.Equal((0, "BEGIN\nCOMMIT\n"), (second.ExitCode, second.StandardOutput));
        Assert.Equal(
            [.. Columns.Select(column => $"NOTICE:  Column already exists, skipping: {column}"), .. Verification],
            Messages(second.StandardError));
    }

    [Fact]
    public async Task Ends_with_an_error_under_psql_when_there_is_no_table_and_changes_nothing()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        var result = await Psql.RunAsync(database.Target, Script, Token);

        Assert.Equal((3, "BEGIN\n"), (result.ExitCode, result.StandardOutput));
        Assert.StartsWith("ERROR:  relation \"user\" does not exist", Messages(result.StandardError)[0], StringComparison.Ordinal);
    }

    /// <summary>The lines without psql's place, <c>psql:file:line: </c>.</summary>
    private static string[] Messages(string standardError)
        => [.. standardError.TrimEnd('\n').Split('\n').Select(line => Place().Replace(line, ""))];

    [GeneratedRegex(@"^psql:.*?\.sql:[0-9]+: ")]
    private static partial Regex Place();
}
