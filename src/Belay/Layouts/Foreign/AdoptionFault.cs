namespace Belay.Layouts.Foreign;

/// <summary>Why a history must not be adopted.</summary>
/// <param name="Message">What is wrong, with the entry or the file.</param>
/// <param name="Hint">What to do about it.</param>
internal sealed record AdoptionFault(string Message, string Hint);
