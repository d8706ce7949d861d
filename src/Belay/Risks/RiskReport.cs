namespace Belay.Risks;

/// <summary>The risks that a trial has shown.</summary>
/// <param name="Risks">In the order of the statements.</param>
/// <param name="Remarks">What files accept and the trial has not shown, a line each.</param>
internal sealed record RiskReport(IReadOnlyList<Risk> Risks, IReadOnlyList<string> Remarks)
{
    /// <summary>Those that nobody has accepted.</summary>
    public IReadOnlyList<Risk> Open => [.. Risks.Where(risk => risk.Accepted is null)];

    /// <summary>The counts as one fact.</summary>
    public string Summary => Risks.Count == 0 ? "no risk found"
        : $"{Quantity.Count(Risks.Count, "risk")} found, {Risks.Count - Open.Count} accepted";

    /// <summary>All of it in lines.</summary>
    public IReadOnlyList<string> Lines => [.. Risks.Select(risk => risk.ToString()), .. Remarks];

    /// <summary>Shows it: what nobody has accepted as warnings.</summary>
    public void Tell(IReleaseOutput output)
    {
        output.Line($"Risks: {Summary}");
        foreach (var risk in Risks.Where(risk => risk.Accepted is not null))
        {
            output.Line($"  {risk}");
        }

        foreach (var line in Open.Select(risk => risk.ToString()).Concat(Remarks))
        {
            output.Warn(line);
        }
    }

    /// <summary>Refuses when a risk is left that nobody has accepted.</summary>
    /// <exception cref="RiskException">Names each of them.</exception>
    public void Demand()
    {
        if (Open.Count > 0)
        {
            throw new RiskException(
                $"{Quantity.Count(Open.Count, "risk")} in the migrations that nobody has accepted; the database is as before:"
                    + string.Concat(Open.Select(risk => $"\n  {risk}")),
                $"Take the safer form, or write into the file's head: -- belay: accept {Open[0].Rule} because …; "
                    + "docs/risks.md has all rules");
        }
    }
}
