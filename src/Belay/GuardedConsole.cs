namespace Belay;

/// <summary>The process's console with a guard before both of its streams.</summary>
public static class GuardedConsole
{
    private static readonly Lock Gate = new();
    private static ConsoleHold? hold;
    private static TextWriter? terminal;
    private static TextWriter? errors;
    private static TextWriter? result;

    /// <summary>What was kept back since the console was hushed for the first time.</summary>
    public static string Kept => hold?.Kept ?? "";

    /// <summary>Puts the guard in place; a second time changes nothing.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (hold is null)
            {
                terminal = Drawn(Console.Out);
                hold = new ConsoleHold(terminal);
                Console.SetOut(new HushableWriter(new GuardedWriter(terminal), hold));
                errors = Drawn(Console.Error);
                Console.SetError(new HushableWriter(new GuardedWriter(errors), hold));
            }
        }
    }

    /// <summary>Whether standard output is kept for a result alone.</summary>
    internal static bool IsKeptForResult => result is not null;

    /// <summary>Keeps standard output for a result: all the rest goes to standard error.</summary>
    public static void KeepForResult()
    {
        lock (Gate)
        {
            Console.Out.Flush();
            result = new LastingWriter(terminal ?? Console.Out);
            terminal = errors;
            Console.SetOut(Console.Error);
        }
    }

    /// <summary>Prints the result, with secrets masked.</summary>
    public static void WriteResult(string text)
    {
        var writer = result ?? Console.Out;
        writer.Write(Redaction.Apply(text));
        writer.Flush();
    }

    /// <summary>Keeps back what anybody writes, a build engine between two targets, until <see cref="Speak"/>.</summary>
    public static void Hush() => SetHushed(true);

    /// <summary>Lets what is written through again.</summary>
    public static void Speak() => SetHushed(false);

    /// <summary>Writes a line that the next one takes the place of, or takes it away again. For a terminal only.</summary>
    /// <param name="text">The line; null takes the last one away.</param>
    public static void WriteInPlace(string? text)
    {
        Console.Out.Flush();
        if (text is null)
        {
            hold?.Close();
        }
        else
        {
            hold?.Show(HarmlessText.Of(text));
        }
    }

    /// <summary>Writes a command to the service that runs this process: what others print cannot become one, so that
    /// ours go past the guard.</summary>
    /// <param name="line">The command, in which every text of others is escaped as the service has it.</param>
    internal static void WriteCommand(string line)
    {
        hold?.Close();
        var writer = terminal ?? Console.Out;
        writer.WriteLine(Redaction.Apply(line));
        writer.Flush();
    }

    private static LastingWriter Drawn(TextWriter stream) => new(PlainLetters.AreNeeded ? new PlainLetters(stream) : stream);

    private static void SetHushed(bool isHushed)
    {
        Console.Out.Flush();
        if (hold is not null)
        {
            hold.IsHushed = isHushed;
        }
    }
}
