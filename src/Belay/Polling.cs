namespace Belay;

/// <summary>Looks again and again, with a pause between, until something is so or patience ends.</summary>
/// <param name="TimeProvider">The clock that pauses and patience are measured with.</param>
public sealed record Polling(TimeProvider TimeProvider)
{
    /// <summary>How long to wait between two looks. The default is 100 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long to go on looking; at least one look is taken.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Looks until it is so.</summary>
    /// <returns>False when patience ended before it was.</returns>
    public async Task<bool> UntilAsync(Func<Task<bool>> look, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(look);
        var started = TimeProvider.GetTimestamp();
        while (!await look())
        {
            if (TimeProvider.GetElapsedTime(started) >= Patience)
            {
                return false;
            }

            await Task.Delay(Pause, TimeProvider, cancellationToken);
        }

        return true;
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, CancellationToken)"/>
    public Task<bool> UntilAsync(Func<bool> look, CancellationToken cancellationToken)
        => UntilAsync(() => Task.FromResult(look()), cancellationToken);
}
