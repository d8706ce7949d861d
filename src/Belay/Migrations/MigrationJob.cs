using Belay.Verification;

namespace Belay.Migrations;

/// <summary>One migration that is to run now.</summary>
/// <param name="Context">The run.</param>
/// <param name="Lock">The runner lock, asked again before COMMIT.</param>
/// <param name="Migration">The migration.</param>
/// <param name="Checks">What must hold before COMMIT.</param>
internal sealed record MigrationJob(RunContext Context, RunnerLock Lock, Migration Migration, IReadOnlyList<Check> Checks);
