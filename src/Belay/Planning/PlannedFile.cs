using Belay.Sql;

namespace Belay.Planning;

/// <summary>A migration of a plan, with everything of it that was approved.</summary>
/// <param name="Name">The file's name from the folder on.</param>
/// <param name="Sha256">SHA-256 of the script over LF text, lower-case hexadecimal.</param>
/// <param name="Checks">SHA-256 of its checks; null for none.</param>
/// <param name="Rollback">SHA-256 of its rollback script; null for none.</param>
/// <param name="IsOutside">Whether it runs outside a transaction.</param>
internal sealed record PlannedFile(string Name, string Sha256, string? Checks, string? Rollback, bool IsOutside)
{
    /// <summary>The migration as a plan has it.</summary>
    public static PlannedFile Of(Migration migration) => new(
        migration.FileName,
        migration.Sha256,
        migration.Verify is { } checks ? ScriptText.Sha256Of(checks.Text) : null,
        migration.Rollback is { } rollback ? ScriptText.Sha256Of(rollback.Text) : null,
        migration.Directives.NoTransaction);
}
