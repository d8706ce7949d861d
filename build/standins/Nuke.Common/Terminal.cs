namespace Nuke.Common;

/// <summary>A terminal or any other place: the stand-in prints the same everywhere and never asks a question.</summary>
public class Terminal : Host;
