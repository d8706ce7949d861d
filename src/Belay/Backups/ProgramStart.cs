using System.ComponentModel;
using Belay.Postgres;

namespace Belay.Backups;

/// <summary>Whether one of PostgreSQL's programs begins here at all: a file with the right to be run may be of another machine, or lack a
/// library.</summary>
internal static class ProgramStart
{
    /// <summary>Asks a program for its version.</summary>
    /// <returns>What a folder has instead of the program, as the end of a sentence; null where it begins.</returns>
    public static async Task<string?> FaultAsync(PostgresTools tools, string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(tools.PathOf(name)))
        {
            return $"no {name}";
        }

        try
        {
            var outcome = await new PostgresProgram(tools, name) { Arguments = ["--version"] }.RunAsync(cancellationToken);
            return outcome.ExitCode == 0 ? null : $"a {name} that {outcome.Describe()}";
        }
        catch (Win32Exception fault)
        {
            return $"a {name} that cannot be started: {Why(fault)}";
        }
    }

    /// <summary>What the system says of a program that it does not start, without the path and the folder that .NET adds.</summary>
    public static string Why(Win32Exception fault)
        => new Win32Exception((fault.InnerException as Win32Exception ?? fault).NativeErrorCode).Message;
}
