using Serilog;
using Serilog.Events;
using Serilog.Sinks.SystemConsole.Themes;

namespace Nuke.Common.Output;

/// <summary>What a run prints through Serilog, and the headings between.</summary>
internal static class BuildLog
{
    private const string Template = "{Timestamp:HH:mm:ss} [{Level:u3}] {Message:l}{NewLine}{Exception}";

    private static WarningCollector collector = new();

    /// <summary>Sets up <see cref="Log.Logger"/> for a run and prints the first line.</summary>
    public static void Open(NukeBuild build)
    {
        collector = new WarningCollector();
        Log.Logger = new LoggerConfiguration()
            .MinimumLevel.Is(LevelOf(NukeBuild.Verbosity))
            .WriteTo.Console(outputTemplate: Template, theme: ConsoleTheme.None)
            .WriteTo.Sink(collector)
            .CreateLogger();
        if (!build.NoLogo)
        {
            Console.WriteLine($"NUKE Execution Engine (stand-in for version 10.1.0, .NET {Environment.Version})");
            Console.WriteLine();
        }
    }

    /// <summary>Prints a target's heading; warnings are its own from now on.</summary>
    public static void Enter(string target)
    {
        collector.Target = target;
        Heading(target);
    }

    /// <summary>Ends the last target.</summary>
    public static void Leave() => collector.Target = null;

    /// <summary>Prints all warnings and errors once more.</summary>
    public static void RepeatWarnings()
    {
        if (collector.Lines.Count == 0)
        {
            return;
        }

        Heading("Errors & Warnings");
        foreach (var line in collector.Lines)
        {
            Console.WriteLine(line);
        }
    }

    private static void Heading(string text)
    {
        if (NukeBuild.Verbosity != Verbosity.Quiet)
        {
            Console.WriteLine();
            Console.WriteLine("╬" + new string('═', text.Length + 5));
            Console.WriteLine("║ " + text);
            Console.WriteLine("╬" + new string('═', Math.Max(1, text.Length - 4)));
        }
    }

    private static LogEventLevel LevelOf(Verbosity verbosity) => verbosity switch
    {
        Verbosity.Verbose => LogEventLevel.Verbose,
        Verbosity.Minimal => LogEventLevel.Warning,
        Verbosity.Quiet => LogEventLevel.Error,
        _ => LogEventLevel.Debug,
    };
}
