using System.ComponentModel;
using System.Net.Sockets;
using Npgsql;

namespace Belay.Releases;

/// <summary>Explains what no stage explained itself: a server, disk, program or network that went away
/// in a moment nobody thought of.</summary>
internal static class StageFaults
{
    private const string Where = "./build.sh Status shows where database and store stand";

    /// <summary>The explained failure; null when the exception is none of these, or explained already.</summary>
    /// <param name="exitCode">The exit code of a stage that is stopped like this.</param>
    public static BelayException? Explain(Exception exception, string stage, int exitCode) => exception switch
    {
        BelayException or OperationCanceledException => null,
        AggregateException { InnerExceptions: [var inner, ..] } => inner as BelayException ?? Explain(inner, stage, exitCode),
        PostgresException refused => Fault(
            (stage, exitCode),
            $"the server refused: {refused.SqlState}: {refused.MessageText}",
            $"look at the server's log; {Where}",
            refused),
        NpgsqlException lost => Fault(
            (stage, exitCode), $"the server was lost: {lost.Message}", $"look at the server's log and the network; {Where}", lost),
        IOException full
            when DiskFault.IsFull(full) => Fault(
                (stage, exitCode),
                $"a disk of this machine is full: {full.Message}",
                $"free space where Belay works: {Places}; {Where}",
                full),
        IOException
            or UnauthorizedAccessException => Fault(
                (stage, exitCode),
                $"a file or folder cannot be used: {exception.Message}",
                $"look at permissions and disks where Belay works: {Places}; {Where}",
                exception),
        Win32Exception program => Fault(
            (stage, exitCode),
            $"a program cannot be started: {program.Message}",
            "see that PostgreSQL's programs are installed and may be run, or name their folder in PG_BIN",
            program),
        SocketException
            or HttpRequestException => Fault(
                (stage, exitCode),
                $"the network failed: {exception.Message}",
                $"look at the network and run the command again; {Where}",
                exception),
        _ => null,
    };

    private static string Places => $".nuke/temp, artifacts and {Path.GetTempPath()} (TMPDIR)";

    private static StageFaultException Fault((string Name, int ExitCode) stage, string what, string hint, Exception cause)
        => new($"{stage.Name} was stopped: {what}", hint, stage.ExitCode, cause);
}
