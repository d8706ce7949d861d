namespace Belay.Sql;

/// <summary>Something that cannot be split into statements.</summary>
/// <param name="Message">What it is, for example <c>a string without its closing quote</c>.</param>
internal sealed record LexicalFault(string Message, TextPosition Position);
