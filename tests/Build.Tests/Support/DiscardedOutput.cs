using Belay;

namespace Build.Tests.Support;

/// <summary>Takes what a stage prints and keeps nothing.</summary>
internal sealed class DiscardedOutput : IReleaseOutput
{
    public void Line(string text)
    {
    }

    public void Warn(string text)
    {
    }

    public void Progress(string text)
    {
    }
}
