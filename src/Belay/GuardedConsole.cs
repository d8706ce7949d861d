namespace Belay;

/// <summary>The process's console with a guard before both of its streams.</summary>
public static class GuardedConsole
{
    private static readonly Lock Gate = new();
    private static TextWriter? terminal;

    /// <summary>Puts the guard in place; a second time changes nothing.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (terminal is null)
            {
                terminal = new LastingWriter(Console.Out);
                Console.SetOut(new GuardedWriter(terminal));
                Console.SetError(new GuardedWriter(new LastingWriter(Console.Error)));
            }
        }
    }

    /// <summary>Writes a line that the next one takes the place of, or takes it away again. For a terminal only.</summary>
    /// <param name="text">The line; null takes the last one away.</param>
    public static void WriteInPlace(string? text)
    {
        Console.Out.Flush();
        var writer = terminal ?? Console.Out;
        writer.Write(text is null ? "\r\e[K" : $"\r{HarmlessText.Of(text)}\e[K");
        writer.Flush();
    }
}
