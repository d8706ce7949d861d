using Nuke.Common;

namespace Build.Tests.Engine.Samples;

/// <summary>Asynchronous actions through every overload of <c>Executes</c>, each ending in a failure after it gave up its thread.</summary>
public sealed class AsyncBuild : SampleBuild
{
    public Target AsTask => _ => _.Executes(async () => await FailLaterAsync());

    public Target AsValue => _ => _.Executes(async () =>
    {
        await FailLaterAsync();
        return 3;
    });

    public Target AsValueTask => _ => _.Executes(() => new ValueTask<int>(FailWithValueAsync()));

    public Target AsVoid => _ => _.Executes(
        async () => await FailLaterAsync(),
        () => Tell("the second action"));

    /// <summary>What an async void method does at its end, with an exception that takes its time to arrive.</summary>
    public Target AsVoidLate => _ => _.Executes(
        () =>
        {
            var context = SynchronizationContext.Current!;
            context.OperationStarted();
            context.Post(_ => FailLaterAsync().GetAwaiter().GetResult(), null);
            context.OperationCompleted();
        },
        () => Tell("the second action"));

    public Target InOrder => _ => _.Executes(
        async () =>
        {
            await Task.Yield();
            await Task.Delay(20);
            Tell("one");
        },
        () => Tell("two"));

    public Target Blocking => _ => _.Executes(
        () => TellLaterAsync().GetAwaiter().GetResult(),
        () => Tell("after"));

    private static async Task TellLaterAsync()
    {
        await Task.Delay(20);
        Tell("blocking");
    }

    private static async Task FailLaterAsync()
    {
        await Task.Delay(20);
        throw new InvalidOperationException("failed later");
    }

    private static async Task<int> FailWithValueAsync()
    {
        await FailLaterAsync();
        return 3;
    }
}
