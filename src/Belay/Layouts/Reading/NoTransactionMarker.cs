using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>A comment by which a tool's file asks to run outside a transaction.</summary>
/// <param name="Place">Where in the file it counts.</param>
internal sealed record NoTransactionMarker(Regex Comment, MarkerPlace Place)
{
    /// <summary>Whether it is in a file.</summary>
    /// <param name="script">The part of it that is to run.</param>
    public bool IsIn(string file, string script) => Place switch
    {
        MarkerPlace.FirstLine => Comment.IsMatch(ScriptText.Lines(file).First()),
        MarkerPlace.Head => ScriptText.HeadComments(file).Any(one => Comment.IsMatch(one.Comment)),
        MarkerPlace.File => IsAnywhere(file),
        _ => IsAnywhere(script),
    };

    private bool IsAnywhere(string text) => Comment.IsMatch(text) && ScriptComments.Read(text).Any(one => Comment.IsMatch(one.Comment));
}
