using Belay.Schema;
using Npgsql;

namespace Belay.Recovery;

/// <summary>Looks whether the schema after a rollback script is the one that the history has from before the migration.</summary>
internal sealed class FormerSchemaCheck(NpgsqlConnection connection, IReleaseOutput output)
{
    /// <summary>What it means when it is not. The default is a warning.</summary>
    public DriftPolicy Drift { get; init; }

    /// <summary>Looks, in the caller's transaction.</summary>
    /// <returns>What was seen, as the end of "… rolled back".</returns>
    /// <exception cref="RecoveryException">It is another one, and that is to be refused.</exception>
    public async Task<string> RunAsync(RollbackStep step, RollbackProgress progress, CancellationToken cancellationToken)
    {
        if (Drift == DriftPolicy.Ignore)
        {
            return "";
        }

        if (await FormerSchema.ReadAsync(connection, step.Migration, cancellationToken) is not { } former)
        {
            return "; the history has no schema from before it to compare with";
        }

        if (former.IsEqual)
        {
            return "; the schema is as it was before it";
        }

        var text = string.Join('\n', [
            $"After {step.Source.FileName} the schema is not as it was before {step.Name}, recorded on "
                + $"{Quantity.Utc(former.Before.RecordedUtc)} ({former.Before.Reason}):",
            .. former.Differences.Select(line => $"  {line}")]);
        if (Drift == DriftPolicy.Refuse)
        {
            throw new RecoveryException(
                $"{text}\n{progress.RolledBack}",
                $"correct {step.Source.FileName}, then {progress.Preview.Command}; or let it pass with --drift warn");
        }

        output.Warn(text);
        return "; the schema is not as it was before it";
    }
}
