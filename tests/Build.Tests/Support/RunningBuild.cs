using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Build.Tests.Support;

/// <summary>A <c>./build.sh</c> under way, as a user or a runner would start it.</summary>
internal sealed partial class RunningBuild : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private RunningBuild(Process process) => this.process = process;

    /// <summary>The process id of the script, and after its exec of the build.</summary>
    public int Id => process.Id;

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts the script in a folder, with an environment of its own.</summary>
    public static RunningBuild Start(BuildCommand command)
    {
        var start = new ProcessStartInfo(
            "env") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };

        // A background shell leaves SIGINT ignored for its children, and an ignored signal cannot be tested.
        start.ArgumentList.Add("--default-signal=INT,HUP,TERM");
        start.ArgumentList.Add(command.Script);
        command.Arguments.ToList().ForEach(start.ArgumentList.Add);
        start.WorkingDirectory = command.Folder;
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var running = new RunningBuild(new Process { StartInfo = start });
        running.process.OutputDataReceived += (_, line) => running.Append(line.Data);
        running.process.ErrorDataReceived += (_, line) => running.Append(line.Data);
        running.process.Start();
        running.process.StandardInput.Close();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits until the output contains a text, or fails with the output when the build ends before.</summary>
    public async Task UntilPrintedAsync(string text, CancellationToken cancellationToken)
    {
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(
                process.HasExited,
                $"the build ended with {(process.HasExited ? process.ExitCode : 0)} before it printed \"{text}\":\n{Output}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Sends a signal to the build alone, not to its children.</summary>
    public void Signal(PosixSignal signal) => Assert.Equal(0, Kill(Id, signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGTERM => 15,
        PosixSignal.SIGHUP => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    }));

    /// <summary>Ends the build as the kernel's out-of-memory killer would.</summary>
    public void KillHard() => Assert.Equal(0, Kill(Id, 9));

    /// <summary>Waits for the end.</summary>
    public async Task<BuildOutcome> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new BuildOutcome(process.ExitCode, Output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Kill(int processId, int signal);

    private void Append(string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
