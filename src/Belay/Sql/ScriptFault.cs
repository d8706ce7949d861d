namespace Belay.Sql;

/// <summary>Why a script must not run.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The character in the line, counted from 1.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Hint">What to do about it.</param>
internal sealed record ScriptFault(int Line, int Column, string Message, string Hint);
