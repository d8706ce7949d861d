namespace Belay.Printing;

/// <summary>Sets up the console as it was asked for on the command line.</summary>
public static class ConsoleChoices
{
    /// <summary>Sets it up, before the first line of a run.</summary>
    /// <param name="hasNoColour">Whether colours are left out.</param>
    /// <param name="isJson">Whether standard output has the record alone.</param>
    public static void Apply(bool hasNoColour, bool isJson)
    {
        if (hasNoColour)
        {
            Palette.SwitchOff();
        }

        if (isJson)
        {
            GuardedConsole.KeepForResult();
        }
    }
}
