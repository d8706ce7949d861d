namespace Belay.Storage.Network;

/// <summary>Turns the errors of a store across a network into messages about the store.</summary>
/// <param name="Store">The store as people may see it.</param>
internal abstract record NetworkFaults(string Store)
{
    /// <summary>What an action returns; a fault of the store is explained.</summary>
    /// <exception cref="StoreException">The store did not do it.</exception>
    public async Task<T> GuardAsync<T>(string verb, string name, Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action();
        }
        catch (Exception fault) when (IsFault(fault, cancellationToken))
        {
            throw Explain(verb, name, fault);
        }
        catch (AggregateException fault) when (cancellationToken.IsCancellationRequested)
        {
            // All tries together, of which the last was cancelled: that is how a library tells it.
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
    }

    /// <summary>What is said of a fault.</summary>
    public abstract StoreException Explain(string verb, string name, Exception fault);

    /// <summary>Whether it comes from the store. A cancellation that nobody asked for is a time limit that ran out.</summary>
    protected abstract bool IsFault(Exception fault, CancellationToken cancellationToken);
}
