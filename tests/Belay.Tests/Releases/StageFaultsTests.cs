using System.ComponentModel;
using Belay.Releases;
using Npgsql;

namespace Belay.Tests.Releases;

public sealed class StageFaultsTests
{
    public static TheoryData<string, Exception, string> Faults => new()
    {
        { "server", new NpgsqlException(
            "Exception while reading from stream"), "Preflight was stopped: the server was lost: Exception while reading from stream" },
        {
            "administrator", new PostgresException("terminating connection due to administrator command", "FATAL", "FATAL", "57P01"),
            "Preflight was stopped: the server refused: 57P01: terminating connection due to administrator command"
        },
        { "disk", new IOException(
            "No space left on device : '/tmp/x'", 28),
            "Preflight was stopped: a disk of this machine is full: No space left on device : '/tmp/x'" },
        { "folder", new DirectoryNotFoundException(
            "Could not find a part of the path '/gone'."),
            "Preflight was stopped: a file or folder cannot be used: Could not find a part of the path '/gone'." },
        { "permission", new UnauthorizedAccessException(
            "Access to the path '/x' is denied."),
            "Preflight was stopped: a file or folder cannot be used: Access to the path '/x' is denied." },
        { "program", new Win32Exception(
            2, "No such file or directory"), "Preflight was stopped: a program cannot be started: No such file or directory" },
        { "network", new HttpRequestException("Connection refused"), "Preflight was stopped: the network failed: Connection refused" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Explains_what_stopped_a_stage_with_a_next_command(string name, Exception fault, string message)
    {
        var explained = StageFaults.Explain(fault, "Preflight", ExitCodes.PreflightRefused)!;

        Assert.NotEmpty(name);
        Assert.Equal(message, explained.Message);
        Assert.Equal(ExitCodes.PreflightRefused, explained.ExitCode);
        Assert.NotNull(explained.Hint);
        Assert.Same(fault, explained.InnerException);
    }

    [Fact]
    public void Ends_with_the_stage_s_own_exit_code()
        => Assert.Equal(
            ExitCodes.MigrationPartWay, StageFaults.Explain(new IOException("gone"), "Migrate", ExitCodes.MigrationPartWay)!.ExitCode);

    [Fact]
    public void Names_the_folders_whose_disk_may_be_full()
        => Assert.Equal(
            $"free space where Belay works: .nuke/temp, artifacts and {Path.GetTempPath()} (TMPDIR); ./build.sh Status shows where "
                + "database and store stand",
            StageFaults.Explain(new IOException("full", 28), "Backup", ExitCodes.BackupFailed)!.Hint);

    [Fact]
    public void Leaves_what_is_explained_or_a_fault_of_the_code()
    {
        Assert.Null(StageFaults.Explain(new OperationCanceledException(), "Backup", ExitCodes.BackupFailed));
        Assert.Null(StageFaults.Explain(new InvalidOperationException(), "Backup", ExitCodes.BackupFailed));
        Assert.Null(StageFaults.Explain(new Belay.Settings.SettingsException("wrong"), "Backup", ExitCodes.BackupFailed));
    }
}
