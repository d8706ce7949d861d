using System.Xml.Linq;

/// <summary>One test project: where its program is, and what its last run came to.</summary>
/// <param name="Name">The project's name, for example <c>Belay.Tests</c>.</param>
sealed record TestProject(string Name, string RootFolder)
{
    /// <summary>The built test program.</summary>
    public string Program => Path.Combine(
        RootFolder, "tests", Name, "bin", "Debug", "net10.0", OperatingSystem.IsWindows() ? Name + ".exe" : Name);

    /// <summary>Where its results are written.</summary>
    public string Results => Path.Combine(RootFolder, "artifacts", "tests", Name + ".xml");

    /// <summary>Reads the counts and the failed tests from the last run's results.</summary>
    /// <returns>Null when the run ended before it wrote any.</returns>
    public TestProjectResult? ReadResult()
    {
        if (!File.Exists(Results))
        {
            return null;
        }

        var assemblies = XDocument.Load(Results).Root!.Elements("assembly").ToList();
        var failures = assemblies.Descendants("test").Where(test => (string?)test.Attribute("result") == "Fail")
            .Select(test => $"{(string?)test.Attribute("name")}\n{test.Element("failure")?.Element("message")?.Value}");
        int Sum(string name) => assemblies.Sum(assembly => (int?)assembly.Attribute(name) ?? 0);
        return new TestProjectResult(Sum("passed"), Sum("failed") + Sum("errors"), Sum("skipped") + Sum("not-run"), [.. failures]);
    }
}
