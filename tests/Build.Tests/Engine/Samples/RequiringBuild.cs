using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>Targets that need parameters.</summary>
public sealed class RequiringBuild : SampleBuild
{
    [Parameter] private readonly string? changeTicket;

    [Parameter, Secret] private readonly string? password;

    [Parameter] private readonly int? port;

    [Parameter] private readonly bool approved;

    public Target Free => _ => _.Executes(() => Tell(nameof(Free)));

    public Target Migrate => _ => _
        .DependsOn(Free)
        .Requires(() => changeTicket, () => password)
        .Requires(() => port)
        .Executes(() => Tell($"{nameof(Migrate)} {changeTicket} {port}"));

    public Target Approve => _ => _
        .Requires(() => approved)
        .Executes(() => Tell(nameof(Approve)));
}
