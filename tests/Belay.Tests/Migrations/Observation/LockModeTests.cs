using Belay.Migrations.Observation;

namespace Belay.Tests.Migrations.Observation;

/// <summary>The table of conflicts in PostgreSQL's chapter on explicit locking, row by row.</summary>
public sealed class LockModeTests
{
    [Theory]
    [InlineData("AccessShareLock", "AccessExclusiveLock")]
    [InlineData("RowShareLock", "ExclusiveLock AccessExclusiveLock")]
    [InlineData("RowExclusiveLock", "ShareLock ShareRowExclusiveLock ExclusiveLock AccessExclusiveLock")]
    [InlineData(
        "ShareUpdateExclusiveLock", "ShareUpdateExclusiveLock ShareLock ShareRowExclusiveLock ExclusiveLock AccessExclusiveLock")]
    [InlineData("ShareLock", "RowExclusiveLock ShareUpdateExclusiveLock ShareRowExclusiveLock ExclusiveLock AccessExclusiveLock")]
    [InlineData(
        "ShareRowExclusiveLock",
        "RowExclusiveLock ShareUpdateExclusiveLock ShareLock ShareRowExclusiveLock ExclusiveLock AccessExclusiveLock")]
    [InlineData(
        "ExclusiveLock",
        "RowShareLock RowExclusiveLock ShareUpdateExclusiveLock ShareLock ShareRowExclusiveLock ExclusiveLock AccessExclusiveLock")]
    [InlineData(
        "AccessExclusiveLock",
        "AccessShareLock RowShareLock RowExclusiveLock ShareUpdateExclusiveLock ShareLock ShareRowExclusiveLock ExclusiveLock "
            + "AccessExclusiveLock")]
    [InlineData("SIReadLock", "")]
    public void Conflicts_with_the_modes_of_the_manual(string mode, string conflicting)
        => Assert.Equal(conflicting, string.Join(' ', LockMode.ConflictsOf(mode)));
}
