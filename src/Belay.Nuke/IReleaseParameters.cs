using Nuke.Common;

namespace Belay.Nuke;

/// <summary>What a release can be told. Meaning, unit and default of each parameter stand in its declaration and in
/// <c>--help</c>.</summary>
/// <remarks>
/// A value comes from the command line, the environment, <c>.env</c> or <c>.nuke/parameters.json</c>, as text that its declaration reads,
/// so that a bad one is refused with all others. A build that implements a member gives its own default, as
/// <c>string IReleaseParameters.Migrations =&gt; "db/migrations"</c>; what is given from outside goes before it.
/// </remarks>
#pragma warning disable CS1591 // Each member is one declaration, which says what it means.
public interface IReleaseParameters : INukeBuild
{
    [Given] string? Migrations => TryGetValue(() => Migrations);
    [Given] string? Layout => TryGetValue(() => Layout);
    [Given] string? BackupStore => TryGetValue(() => BackupStore);
    [Given] string? BackupPrefix => TryGetValue(() => BackupPrefix);
    [Given] string? MaxBackupAge => TryGetValue(() => MaxBackupAge);
    [Given] string? ProofLevel => TryGetValue(() => ProofLevel);
    [Given] string? Compression => TryGetValue(() => Compression);
    [Given] string? Parallel => TryGetValue(() => Parallel);
    [Given] string? BackupLockWait => TryGetValue(() => BackupLockWait);
    [Given] string? RowCountLimit => TryGetValue(() => RowCountLimit);
    [Given] string? Immutable => TryGetValue(() => Immutable);
    [Given] string? RetentionDays => TryGetValue(() => RetentionDays);
    [Given] string? TrustSurvivors => TryGetValue(() => TrustSurvivors);
    [Given] string? KeepLast => TryGetValue(() => KeepLast);
    [Given] string? KeepWeekly => TryGetValue(() => KeepWeekly);
    [Given] string? KeepMonthly => TryGetValue(() => KeepMonthly);
    [Given] string? LockTimeout => TryGetValue(() => LockTimeout);
    [Given] string? ConcurrentLockTimeout => TryGetValue(() => ConcurrentLockTimeout);
    [Given] string? LockBudget => TryGetValue(() => LockBudget);
    [Given] string? MaxVictims => TryGetValue(() => MaxVictims);
    [Given] string? StatementTimeout => TryGetValue(() => StatementTimeout);
    [Given] string? RunnerWait => TryGetValue(() => RunnerWait);
    [Given] string? TargetVersion => TryGetValue(() => TargetVersion);
    [Given] string? AllowOutOfOrder => TryGetValue(() => AllowOutOfOrder);
    [Given] string? RequireChecks => TryGetValue(() => RequireChecks);
    [Given] string? Migrator => TryGetValue(() => Migrator);
    [Given] string? MigratorTimeout => TryGetValue(() => MigratorTimeout);
    [Given] string? Drift => TryGetValue(() => Drift);
    [Given] string? DatabaseAuth => TryGetValue(() => DatabaseAuth);
    [Given] string? SmokeUrl => TryGetValue(() => SmokeUrl);
    [Given] string? SmokeMode => TryGetValue(() => SmokeMode);
    [Given] string? SmokeMethod => TryGetValue(() => SmokeMethod);
    [Given] string? SmokeBody => TryGetValue(() => SmokeBody);
    [Given] string? SmokeStatus => TryGetValue(() => SmokeStatus);
    [Given] string? SmokeTokenField => TryGetValue(() => SmokeTokenField);
    [Given] string? SmokeFile => TryGetValue(() => SmokeFile);
    [Given] string? SmokeDeadline => TryGetValue(() => SmokeDeadline);
    [Given] string? MaxAge => TryGetValue(() => MaxAge);
    [Given("Backup")] string? BackupId => TryGetValue(() => BackupId);
    [Given] string? Database => TryGetValue(() => Database);
    [Given] string? To => TryGetValue(() => To);
    [Given] string? Reason => TryGetValue(() => Reason);
    [Given] string? Confirm => TryGetValue(() => Confirm);
    [Given] string? PlanFile => TryGetValue(() => PlanFile);
    [Given] string? Risk => TryGetValue(() => Risk);
    [Given] string? RiskSize => TryGetValue(() => RiskSize);
    [Given("Rehearse")] string? RehearseFirst => TryGetValue(() => RehearseFirst);
    [Given] string? MaxLock => TryGetValue(() => MaxLock);
    [Given] string? MaxDuration => TryGetValue(() => MaxDuration);
    [Given] string? MaxWal => TryGetValue(() => MaxWal);
    [Given] string? NoRewrite => TryGetValue(() => NoRewrite);
    [Given] string? SmokeCommand => TryGetValue(() => SmokeCommand);
    [Given] string? SmokeRole => TryGetValue(() => SmokeRole);
    [Given] string? SmokeCommandTimeout => TryGetValue(() => SmokeCommandTimeout);
    [Given] string? ToNew => TryGetValue(() => ToNew);
    [Given] string? EndSessions => TryGetValue(() => EndSessions);
    [Given] string? DropOld => TryGetValue(() => DropOld);
    [Given] string? OnFailure => TryGetValue(() => OnFailure);
    [Given] string? Releases => TryGetValue(() => Releases);
    [Given] string? RecordPublicKey => TryGetValue(() => RecordPublicKey);
    [Given] string? DryRun => TryGetValue(() => DryRun);
    [Given] string? MetricsFile => TryGetValue(() => MetricsFile);
    [Given] string? For => TryGetValue(() => For);
    [Given] string? WatchInterval => TryGetValue(() => WatchInterval);
    [Given] string? WebhookKind => TryGetValue(() => WebhookKind);
    [Given] string? MigrationVersion => TryGetValue(() => MigrationVersion);
    [Given] string? From => TryGetValue(() => From);
}
