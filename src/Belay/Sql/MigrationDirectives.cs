namespace Belay.Sql;

/// <summary>What a script asks for in <c>-- belay: …</c> comments before its first statement.</summary>
public sealed record MigrationDirectives
{
    /// <summary><c>no-transaction</c>: each statement runs on its own, with a journal.</summary>
    public bool NoTransaction { get; init; }

    /// <summary><c>lock-timeout 2s</c>: the longest wait for one lock; null for the setting.</summary>
    public TimeSpan? LockTimeout { get; init; }

    /// <summary><c>statement-timeout 10min</c>: the longest run of one statement; null for the setting.</summary>
    public TimeSpan? StatementTimeout { get; init; }

    /// <summary><c>adopts 1975ea83b712</c>: what another tool calls this migration; null when its name or number says it.</summary>
    public string? Adopts { get; init; }

    /// <summary><c>accept drop-column because …</c>: the risks that are taken knowingly.</summary>
    internal IReadOnlyList<AcceptedRule> Accepted { get; init; } = [];

    /// <summary>A risk that is taken knowingly.</summary>
    /// <param name="Rule">The rule's name as the directive has it.</param>
    /// <param name="Reason">Why, in its author's words.</param>
    /// <param name="Place">The directive's file and line.</param>
    internal sealed record AcceptedRule(string Rule, string Reason, string Place);
}
