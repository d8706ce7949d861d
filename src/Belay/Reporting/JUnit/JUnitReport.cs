using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Belay.Migrations.Observation;

namespace Belay.Reporting.JUnit;

/// <summary>A release record as the XML that continuous integration services show as tests: the steps, scripts, checks and logins of a
/// release are cases.</summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.None,
    };

    /// <summary>The whole document.</summary>
    public static string Of(ReleaseRecord record)
    {
        (string Name, IEnumerable<XElement> Cases)[] suites =
        [
            ("steps", record.Steps.Select(step => Step(record, step))),
            ("scripts", record.Scripts.Select(script => Script(record, script))),
            ("checks", record.Checks.Select(Check)),
            ("logins", (record.Login?.All ?? []).Select((login, index) => Login(record, login, index))),
        ];
        var document = new XElement("testsuites", suites.Select(suite => (suite.Name, Cases: suite.Cases.ToList()))
            .Where(suite => suite.Cases.Count > 0)
            .Select((suite, index) => Suite(record, (suite.Name, index), suite.Cases)));
        using var text = new Utf8Writer();
        using (var writer = XmlWriter.Create(text, Settings))
        {
            document.Save(writer);
        }

        return text + "\n";
    }

    private static XElement Suite(ReleaseRecord record, (string Name, int Index) suite, List<XElement> cases) => new(
        "testsuite",
        new XAttribute("name", suite.Name),
        new XAttribute("package", "release"),
        new XAttribute("id", suite.Index),
        new XAttribute("tests", cases.Count),
        new XAttribute("failures", cases.Count(one => one.Element("failure") is not null)),
        new XAttribute("errors", 0),
        new XAttribute("skipped", cases.Count(one => one.Element("skipped") is not null)),
        new XAttribute("time", Seconds(cases.Sum(one => double.Parse(one.Attribute("time")!.Value, CultureInfo.InvariantCulture)))),
        new XAttribute("timestamp", record.StartedUtc.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
        new XAttribute("hostname", record.Actor.Host.Length == 0 ? "localhost" : Clean(record.Actor.Host)),
        new XElement("properties", Properties(record)),
        cases,
        new XElement("system-out", Clean(string.Join('\n', new[] { record.Standing }.OfType<string>().Concat(record.NextSteps)))),
        new XElement("system-err", Clean(record.Message ?? "")));

    private static IEnumerable<XElement> Properties(ReleaseRecord record)
    {
        (string Name, string? Value)[] properties =
        [
            ("database", record.Database),
            ("run", record.RunId),
            ("commit", record.Source?.Commit),
            ("tag", record.Source?.Tag),
            ("backup", record.Backup?.Id),
            ("outcome", ReleaseMarkdown.Verdict(record)),
        ];
        return properties.Where(property => property.Value is not null)
            .Select(property => new XElement(
                "property", new XAttribute("name", property.Name), new XAttribute("value", Clean(property.Value!))));
    }

    private static XElement Script(ReleaseRecord record, TracedScript script) => Case(
        "scripts", script.FileName, script.Seconds, script.Completed ? null : Failure("it did not come to its end", record.Message));

    private static XElement Step(ReleaseRecord record, ReleaseStep step) => Case("steps", step.Name, step.Seconds, step.Status switch
    {
        "Succeeded" => null,
        "Failed" => Failure(record.Message ?? "failed", $"{record.Message}\nHint: {record.Hint}"),
        var status => new XElement("skipped", new XAttribute("message", status)),
    });

    /// <summary>A check of an earlier release fails nothing, so that it is no failure here either.</summary>
    private static XElement Check(ReleaseCheck check) => Case(
        Path.GetFileNameWithoutExtension(check.File ?? "checks"),
        check.Title,
        0,
        check.Passed ? null
            : check.IsEarlier ? new XElement("skipped", new XAttribute("message", "fails, of an earlier release"))
            : Failure(check.Differences is [var first, ..] ? first : "failed", string.Join('\n', check.Differences)));

    private static XElement Login(ReleaseRecord record, ReleaseLogin login, int index)
    {
        var what = $"{login.Before ?? "not tried"} → {login.After ?? "not reached"}";
        return Case(
            "logins",
            login.Name ?? (index == 0 ? "login" : $"login {index + 1}"),
            0,
            login.Passed ? null
                : login.After is null ? new XElement("skipped", new XAttribute("message", Clean(what)))
                : Failure(what, $"{what}\n{record.Message}"));
    }

    private static XElement Case(string suite, string name, double seconds, XElement? result) => new(
        "testcase",
        new XAttribute("name", Clean(name)),
        new XAttribute("classname", Clean($"release.{suite}")),
        new XAttribute("time", Seconds(seconds)),
        result);

    private static XElement Failure(string message, string? text) => new(
        "failure", new XAttribute("message", Clean(message.Split('\n')[0])), new XAttribute("type", "failure"), Clean(text ?? message));

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Secrets are masked, and nothing is left that XML cannot hold.</summary>
    private static string Clean(string text) => string.Concat(
        HarmlessText.Of(text).EnumerateRunes().Where(rune => rune.Value is not ('\r' or 0xfffe or 0xffff)).Select(rune => rune.ToString()));

    private sealed class Utf8Writer : StringWriter
    {
        public Utf8Writer()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
