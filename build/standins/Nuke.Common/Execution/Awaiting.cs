namespace Nuke.Common.Execution;

/// <summary>Waits for what a target's action returned.</summary>
internal static class Awaiting
{
    /// <summary>
    /// Waits for a task, whatever overload it came through: <c>Executes(async () =&gt; 3)</c> binds to <c>Executes&lt;T&gt;(Func&lt;T&gt;)</c>,
    /// where NUKE drops the task and reports success.
    /// </summary>
    /// <param name="result">A task, a value task or any other value.</param>
    public static void Complete(object? result)
    {
        switch (result)
        {
            case Task task:
                task.GetAwaiter().GetResult();
                break;
            case ValueTask valueTask:
                valueTask.AsTask().GetAwaiter().GetResult();
                break;
            case not null when result.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>):
                Complete(type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(result, null));
                break;
            default:
                break;
        }
    }
}
