namespace Belay.Verification;

/// <summary>A stretch of a check file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character's place in the text.</param>
/// <param name="End">The place after its last character.</param>
/// <param name="Line">Its first line, counted from 1.</param>
internal readonly record struct CheckPiece(CheckPieceKind Kind, int Start, int End, int Line);
