using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Nuke.Common.Output;

/// <summary>Keeps warnings and errors for the end of the run.</summary>
internal sealed class WarningCollector : ILogEventSink
{
    /// <summary>The message without quotes around its values.</summary>
    private static readonly MessageTemplateTextFormatter Message = new("{Message:l}");

    private readonly List<string> lines = [];

    /// <summary>The target that runs; null between targets.</summary>
    public string? Target { get; set; }

    /// <summary>A line per warning and error, in their order.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Warning)
        {
            return;
        }

        var level = logEvent.Level == LogEventLevel.Warning ? "WRN" : "ERR";
        var place = Target is null ? string.Empty : $"{Target}: ";
        using var text = new StringWriter();
        Message.Format(logEvent, text);
        lock (lines)
        {
            lines.Add($"[{level}] {place}{text}");
        }
    }
}
