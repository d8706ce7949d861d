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

    public static async Task<int> Main(string[] words)
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
