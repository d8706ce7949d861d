namespace Belay.Nuke;

/// <summary>Everything that Belay does, for a build class: <c>class Build : NukeBuild, IReleaseDatabase</c>.</summary>
public interface IReleaseDatabase
    : IMigrate,
        IPlanRelease,
        IRehearse,
        IRollback,
        IStatus,
        IVerifyBackup,
        IFetchBackup,
        ICleanupBackups,
        IHoldBackup,
        IReleaseBackup,
        IBaseline,
        IAdopt,
        IRepair;
