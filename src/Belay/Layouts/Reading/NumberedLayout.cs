using System.Text.RegularExpressions;
using Belay.Sql;

namespace Belay.Layouts.Reading;

/// <summary>Files, or folders with a script each, whose names begin with a number.</summary>
internal abstract class NumberedLayout : IMigrationLayout
{
    public abstract string ExpectedNames { get; }

    /// <summary>Whether files of one number all run, in the order of their names; otherwise they are a fault. The default is no.</summary>
    protected virtual bool RunsTies => false;

    public abstract string? Evidence(LayoutFolder folder);

    public virtual bool Explains(string name) => Match(name).Success;

    public virtual string WayBackOf(string file) => WayBackPlace.Of(file);

    public virtual IEnumerable<Migration> Read(LayoutFolder folder)
    {
        var scripts = new List<(string File, Match Match, decimal Version)>();
        foreach (var file in folder.Find(".sql").Where(file => !folder.IsCompanion(file)))
        {
            if (Match(file) is { Success: true } match && VersionOf(match) is { } version)
            {
                scripts.Add((file, match, version));
            }
        }

        foreach (var (file, match, version) in RunsTies ? Ties.Spread(scripts, script => script.File, folder.Remarks) : scripts)
        {
            if (Make(folder, file, version, match) is { } migration)
            {
                yield return migration;
            }
        }
    }

    /// <summary>Takes a path from the folder apart, into the groups <c>version</c> and <c>name</c>.</summary>
    protected abstract Match Match(string file);

    /// <summary>The number; null when it cannot be one.</summary>
    protected virtual decimal? VersionOf(Match match)
        => MigrationVersion.TryParse(match.Groups["version"].Value, out var version) ? version : null;

    /// <summary>Makes the migration; null when the file is none, or after a fault.</summary>
    protected virtual Migration? Make(LayoutFolder folder, string file, decimal version, Match match)
        => folder.Make(file, version, match.Groups["name"].Value);
}
