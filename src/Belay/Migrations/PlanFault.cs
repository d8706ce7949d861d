namespace Belay.Migrations;

/// <summary>Why the migrations must not run.</summary>
/// <param name="Message">What is wrong, with the file and, where there is one, the line.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Version">The migration it is about.</param>
internal sealed record PlanFault(string Message, string Hint, decimal Version);
