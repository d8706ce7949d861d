namespace Belay.Settings;

/// <summary>Settings are missing or wrong. Nothing was touched.</summary>
public sealed class SettingsException : BelayException
{
    /// <summary>Makes the failure from one fault.</summary>
    /// <param name="fault">Which setting is wrong and how, in one line, never with a secret.</param>
    public SettingsException(string fault, string? hint = null)
        : this([fault], hint)
    {
    }

    /// <summary>Makes the failure from all faults, so that they can be mended at once.</summary>
    /// <param name="faults">At least one; each in one line, never with a secret.</param>
    public SettingsException(IReadOnlyList<string> faults, string? hint = null)
        : base(string.Join('\n', faults), hint)
        => Faults = [.. faults.Select(Redaction.Apply)];

    /// <summary>Every fault, each in one line.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <inheritdoc/>
    public override int ExitCode => ExitCodes.Usage;
}
