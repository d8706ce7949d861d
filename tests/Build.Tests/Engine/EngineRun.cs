using Microsoft.Extensions.Time.Testing;
using Nuke.Common.Execution;

namespace Build.Tests.Engine;

/// <summary>Runs a sample build in this process, with nothing of the real environment.</summary>
internal static class EngineRun
{
    /// <summary>Runs a build without a default target.</summary>
    public static EngineOutcome Of<T>(params string[] arguments)
        where T : Nuke.Common.NukeBuild, new()
        => With<T>([], arguments);

    /// <summary>Runs a build with variables of the environment.</summary>
    public static EngineOutcome With<T>(Dictionary<string, string> environment, params string[] arguments)
        where T : Nuke.Common.NukeBuild, new()
    {
        var (output, error) = (Console.Out, Console.Error);
        using var printed = new StringWriter();
        using var complained = new StringWriter();
        Console.SetOut(printed);
        Console.SetError(complained);
        try
        {
            var invocation = new BuildInvocation
            {
                Arguments = arguments,
                Environment = environment,
                TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 11, 30, 48, TimeSpan.Zero)),
            };
            return new EngineOutcome(BuildRun.Execute<T>(invocation, []), printed.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
