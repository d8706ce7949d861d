using Build.Tests.Support;

namespace Build.Tests.Consumers;

/// <summary>Another team's NUKE build, compiled once from Belay's packages, outside this checkout.</summary>
public sealed class ConsumerBuild : IAsyncLifetime
{
    private const string Project = "build/_build.csproj";

    private static readonly string[] Packed = ["src/Belay", "src/Belay.Nuke"];

    private readonly ConsumerRepository repository = new();

    /// <summary>The build's assembly.</summary>
    internal string Assembly { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var token = CancellationToken.None;
        var version = await repository.PackAsync(Repository.IsOnStandIn ? [.. Packed, "build/standins/Nuke.Common"] : Packed, token);
        repository.UseInstalledPackages();
        repository.Write(
            Project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <NukeTelemetryVersion>1</NukeTelemetryVersion>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Nuke.Common" Version="10.1.0" />
                <PackageReference Include="Belay.Nuke" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        repository.Write(
            "build/Build.cs",
            """
            using System;
            using Belay.Nuke;
            using Nuke.Common;

            class Build : NukeBuild, IReleaseDatabase
            {
                public static int Main() => Execute<Build>(x => x.Compile);

                string IReleaseParameters.Migrations => "db/migrations";

                [Parameter("Where it is announced")] readonly string Channel;

                Target Compile => _ => _
                    .Before<IPreflight>()
                    .Executes(() => Console.WriteLine("team: compiled"));

                Target Announce => _ => _
                    .TriggeredBy<IMigrate>(x => x.Migrate)
                    .Executes(() => Console.WriteLine($"team: announced in {Channel}, {Environment.GetEnvironmentVariable("DATABASE_URL")}"));

                Target Deploy => _ => _
                    .DependsOn(Compile)
                    .DependsOn<IMigrate>(x => x.Migrate)
                    .After<ISmokeTest>(x => x.SmokeTest)
                    .Executes(() => throw new InvalidOperationException("team: the deployment failed"));

                Target Warm => _ => _
                    .DependsOn<IMigrate>(x => x.Migrate)
                    .Before<IVerify>(x => x.Verify)
                    .Executes(() => throw new InvalidOperationException("team: nothing to warm"));

                Target Wait => _ => _
                    .TriggeredBy<IVerifyBackup>(x => x.VerifyBackup)
                    .Before<ICleanupBackups>(x => x.CleanupBackups)
                    .Executes(() =>
                    {
                        Console.WriteLine("team: waiting");
                        System.Threading.Thread.Sleep(TimeSpan.FromMinutes(5));
                    });
            }
            """);
        (await repository.TypeAsync($"dotnet build {Project} -nodeReuse:false --nologo -v quiet")).MustExitWith(0);
        Assembly = (await repository.TypeAsync($"dotnet msbuild {Project} -getProperty:TargetPath")).MustExitWith(0).Output.Trim();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }
}
