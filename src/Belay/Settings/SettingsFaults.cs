namespace Belay.Settings;

/// <summary>Collects faults while settings are read, so that all are reported at once.</summary>
internal sealed class SettingsFaults
{
    private readonly List<string> faults = [];
    private string? firstHint;

    /// <summary>Takes a fault.</summary>
    /// <param name="fault">Which setting is wrong and how, in one line.</param>
    /// <param name="hint">What to do; the first fault's hint is the one that is shown.</param>
    public void Add(string fault, string? hint = null)
    {
        faults.Add(fault);
        firstHint ??= hint;
    }

    /// <summary>Reads a part, taking its faults; null after one.</summary>
    public TPart? Collect<TPart>(Func<TPart> read)
        where TPart : class
    {
        try
        {
            return read();
        }
        catch (SettingsException exception)
        {
            faults.AddRange(exception.Faults);
            firstHint ??= exception.Hint;
            return null;
        }
    }

    /// <summary>Throws when there is a fault.</summary>
    /// <param name="hint">The hint when no fault brought one.</param>
    /// <exception cref="SettingsException">Lists all faults.</exception>
    public void ThrowIfAny(string? hint = null)
    {
        if (faults.Count > 0)
        {
            throw new SettingsException(faults, firstHint ?? hint);
        }
    }
}
