using Nuke.Common;
using Nuke.Common.Utilities.Collections;
using Serilog;

namespace Build.Tests.Engine.Samples;

/// <summary>A build that prints its secret wherever it can.</summary>
public sealed class SecretBuild : SampleBuild
{
    [Parameter, Secret] private readonly string? password;

    public Target Leak => _ => _.Executes(() =>
    {
        Console.WriteLine($"console {password}");
        Console.Error.WriteLine($"error {password}");
        Console.Write("char array ");
        Console.WriteLine(password!.ToCharArray());
        Log.Information("log {Password}", password);
        Log.Warning($"interpolated {password}");
        Console.WriteLine($"encoded {Uri.EscapeDataString(password)}");
        ReportSummary(_ => _.AddPair("Password", password));
        throw new InvalidOperationException($"exception {password}");
    });
}
