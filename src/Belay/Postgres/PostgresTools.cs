namespace Belay.Postgres;

/// <summary>One set of PostgreSQL programs on this machine.</summary>
/// <param name="Folder">The folder that holds them.</param>
/// <param name="Version">The version text of its pg_dump, for example <c>15.18</c>.</param>
/// <param name="HasServer">Whether initdb, pg_ctl and postgres are there too.</param>
public sealed record PostgresTools(string Folder, string Version, bool HasServer)
{
    /// <summary>The major version, for example 15; 9 for all of 9.x.</summary>
    public int Major => int.Parse(new string([.. Version.TakeWhile(char.IsAsciiDigit)]));

    /// <summary>The path of one of the programs.</summary>
    /// <param name="program">For example <c>pg_dump</c>.</param>
    public string PathOf(string program) => Path.Combine(Folder, OperatingSystem.IsWindows() ? program + ".exe" : program);
}
