using Spectre.Console;

namespace Belay.Printing;

/// <summary>Colours lines by what they tell: green, yellow and red, and nothing else.</summary>
/// <param name="hasColour">Whether the stream shows colours.</param>
public sealed class Palette(bool hasColour)
{
    private const int NoWrapping = 1 << 20;

    private static bool isSwitchedOff;

    /// <summary>That of standard output.</summary>
    public static Palette OfOutput { get; } = new(!Console.IsOutputRedirected);

    /// <summary>That of standard error.</summary>
    public static Palette OfErrors { get; } = new(!Console.IsErrorRedirected);

    /// <summary>Leaves colours out of this process from now on, as <c>--no-color</c> asks for.</summary>
    public static void SwitchOff() => isSwitchedOff = true;

    /// <summary>The line with its colour, or as it is where there is none.</summary>
    public string Paint(string text, LineTone tone)
        => hasColour && !isSwitchedOff && tone != LineTone.Plain && Terminal.HasColour(Environment.GetEnvironmentVariable)
            ? Render(text, tone)
            : text;

    internal static string Render(string text, LineTone tone)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = NoWrapping;
        console.Write(new Text(text, new Style(ColourOf(tone))));
        return writer.ToString();
    }

    private static Color ColourOf(LineTone tone) => tone switch
    {
        LineTone.Good => Color.Green,
        LineTone.Doubtful => Color.Olive,
        LineTone.Bad => Color.Maroon,
        _ => Color.Default,
    };
}
