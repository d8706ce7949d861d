using System.Text;
using Belay.Arguments;
using Belay.Releases;
using Belay.Tool.Clients;
using Belay.Tool.Initialization;
using Belay.Tool.Scaffolding;

namespace Belay.Tool;

/// <summary>The program <c>belay</c>.</summary>
internal static class Program
{
    private static readonly Cancellation Cancellation = new(TimeProvider.System);

    /// <summary>What asks which version is there waits for no more than that: the answer comes before anything else is loaded.</summary>
    public static Task<int> Main(string[] words)
    {
        if (words is not ["--version"])
        {
            return RunAsync(words);
        }

        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes($"{BelayVersion.Line}{Environment.NewLine}"));
        return Task.FromResult(ExitCodes.Done);
    }

    private static async Task<int> RunAsync(string[] words)
    {
        GuardedConsole.Install();
        Cancellation.Listen();
        var program = new TypedProgram(ToolName.Typed);
        try
        {
            return words switch
            {
                [var word, .. var rest] when Is(word, InitCommand.Name) => InitCommand.Run(rest, program),
                [var word, .. var rest] when Is(word, NewCommand.Name) => NewCommand.Run(rest, program),
                [var word, .. var rest] when Is(word, ClientCommand.Name) => await ClientCommand.RunAsync(rest, Cancellation.Token),
                _ => await ReleaseCommand.RunAsync(words, program, Cancellation),
            };
        }
        catch (BelayException exception)
        {
            await Console.Error.WriteLineAsync(HarmlessText.Of(program.In(exception.Message)));
            await Console.Error.WriteLineAsync(
                $"Hint: {HarmlessText.Of(program.In(exception.Hint ?? "./build.sh --help lists targets and parameters"))}");
            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (Cancellation.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled");
            return Cancellation.ExitCode;
        }
    }

    private static bool Is(string word, string command) => word.Equals(command, StringComparison.OrdinalIgnoreCase);
}
