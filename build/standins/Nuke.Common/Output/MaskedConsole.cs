namespace Nuke.Common.Output;

/// <summary>Puts a mask before the console for the time of a run.</summary>
internal sealed class MaskedConsole : IDisposable
{
    private readonly TextWriter output = Console.Out;
    private readonly TextWriter error = Console.Error;

    /// <summary>Redirects both of the console's streams to these writers, masked.</summary>
    public MaskedConsole(TextWriter output, TextWriter error, SecretMask mask)
    {
        Console.SetOut(new MaskingWriter(output, mask));
        Console.SetError(new MaskingWriter(error, mask));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.Out.Flush();
        Console.SetOut(output);
        Console.SetError(error);
    }
}
