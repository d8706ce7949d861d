namespace Belay.Layouts.Sqitch;

/// <summary>A change of a sqitch plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Script">The name of its scripts: of a change that was reworked later, they carry the tag after it.</param>
/// <param name="Line">Its line in the plan, counted from 1.</param>
internal sealed record SqitchChange(string Name, string Script, int Line);
