using System.Runtime.ExceptionServices;

namespace Nuke.Common.Execution;

/// <summary>Waits for <c>async void</c> lambdas, which <c>Executes(params Action[])</c> makes of asynchronous ones.</summary>
internal sealed class AsyncVoidContext : SynchronizationContext, IDisposable
{
    private readonly CountdownEvent pending = new(1);
    private ExceptionDispatchInfo? failure;

    /// <summary>Makes an action that ends when all it started as <c>async void</c> has ended, with its exception.</summary>
    public static Action Wrap(Action action) => () =>
    {
        using var context = new AsyncVoidContext();
        context.Run(action);
    };

    /// <inheritdoc/>
    public override void OperationStarted() => pending.AddCount();

    /// <inheritdoc/>
    public override void OperationCompleted() => pending.Signal();

    /// <summary>Runs continuations on the thread pool: an action that blocks on a task must not wait for itself.</summary>
    /// <remarks>They count too: an async void method posts its exception first and completes at once, before the exception has arrived.</remarks>
    public override void Post(SendOrPostCallback d, object? state)
    {
        var counted = TryCount();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Call(d, state);
            if (counted)
            {
                pending.Signal();
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => pending.Dispose();

    private void Run(Action action)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(outer);
            pending.Signal();
            pending.Wait();
        }

        failure?.Throw();
    }

    /// <summary>False for what an action left behind without waiting for it, after its end.</summary>
    private bool TryCount()
    {
        try
        {
            return pending.TryAddCount();
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private void Call(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            // An async void method hands its exception to its context as a callback that throws.
            failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}
