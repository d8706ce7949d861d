using Belay.Nuke;
using Nuke.Common;

/// <summary>This repository's build: the targets of a release are <see cref="IReleaseDatabase"/>'s, as in any other team's build.</summary>
sealed partial class Build : NukeBuild, IReleaseDatabase, IRestoreDatabase
{
    static readonly string Root = RepositoryRoot.Find();
    static readonly OwnTargets Own = new(Root);

    StageTargets IRelease.Stages => Own;

    public static int Main() => Entrance.Run(Own.Signals, () => Execute<Build>(), Own.EndAsync);
}
