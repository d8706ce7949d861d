namespace Belay.Backups.Proving;

/// <summary>Tells what pg_amcheck found in a database from what ended its questions.</summary>
internal static class AmcheckFaults
{
    private static readonly string[] Severities = ["ERROR:", "FATAL:", "PANIC:"];

    /// <summary>What the server adds to an error.</summary>
    private static readonly string[] Additions = ["DETAIL:", "HINT:", "CONTEXT:", "LOCATION:", "QUERY:", "STATEMENT:"];

    /// <summary>Whether all that it printed are errors of a server that gives out, which say nothing of the data. Damage of a table has no
    /// severity before it, that of an index has another reason.</summary>
    /// <param name="found">What it printed: of each relation a line that names it, and indented lines of what is wrong.</param>
    public static bool AreOfServer(string found)
    {
        var said = found.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim())
            .Where(line => !Additions.Any(addition => line.StartsWith(addition, StringComparison.Ordinal))).ToList();
        return said.Count > 0
            && said.All(line => Severities.Any(severity => line.StartsWith(severity, StringComparison.Ordinal))
                && RestoreFailure.Read(line).IsOfServer);
    }
}
