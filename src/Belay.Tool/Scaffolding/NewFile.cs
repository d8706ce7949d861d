namespace Belay.Tool.Scaffolding;

/// <summary>A file that is to be written.</summary>
/// <param name="Path">Its path from the folder of migrations on, with slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed record NewFile(string Path, string Text);
