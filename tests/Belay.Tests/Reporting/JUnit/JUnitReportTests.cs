using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Belay.Reporting;
using Belay.Reporting.JUnit;

namespace Belay.Tests.Reporting.JUnit;

public sealed class JUnitReportTests
{
    [Fact]
    public void Steps_scripts_checks_and_logins_are_cases()
    {
        var report = Read(RichRecord.Succeeded());

        Assert.Equal(
            [("steps", 5, 0), ("scripts", 2, 0), ("checks", 3, 0), ("logins", 1, 0)],
            report.Root!.Elements().Select(suite => ((string)suite.Attribute("name")!, Number(suite, "tests"), Number(suite, "failures"))));
        Assert.Equal("30.600", (string)Case(report, "Migrate").Attribute("time")!);
        Assert.Equal(
            ["database", "run", "commit", "tag", "backup", "outcome"],
            report.Root.Element("testsuite")!.Descendants("property").Select(property => (string)property.Attribute("name")!));
    }

    [Fact]
    public void What_failed_is_a_failure_and_what_was_not_reached_is_skipped()
    {
        var report = Read(RichRecord.Failed());

        Assert.Equal(
            "0003_drop.sql:12:1: 42703: column \"nickname\" does not exist",
            (string)Case(report, "Migrate").Element("failure")!.Attribute("message")!);
        Assert.Contains("Hint: correct 0003_drop.sql", Case(report, "Migrate").Value, StringComparison.Ordinal);
        Assert.Equal("row 2, max_reports: expected 5, got 6", Case(report, "every user has the default values").Element("failure")!.Value);
        Assert.NotNull(Case(report, "login").Element("skipped"));
    }

    [Fact]
    public void A_check_of_an_earlier_release_fails_nothing()
    {
        var record = RichRecord.Failed();
        var report = Read(record with { Checks = [record.Checks[0] with { IsEarlier = true }] });

        var skipped = Case(report, record.Checks[0].Title).Element("skipped")!;
        Assert.Equal("fails, of an earlier release", (string)skipped.Attribute("message")!);
    }

    [Fact]
    public void A_record_with_nothing_in_it_is_a_report_too()
        => Assert.Empty(Read(Records.Failed() with { Steps = [], Checks = [], Migrations = [] }).Root!.Elements());

    [Theory]
    [InlineData("\0\u0001\u001b[31m")]
    [InlineData("\ud800 alone, \ufffe and \uffff")]
    [InlineData("]]> <![CDATA[ & \r\n \"'")]
    [InlineData("\u202eright to left, ::error::, ##vso[task]")]
    public void Nothing_foreign_breaks_the_document(string text)
    {
        var record = Records.Failed();

        var report = Read(record with
        {
            Message = text,
            Checks = [new ReleaseCheck(text, false, [text])],
            Steps = [new ReleaseStep(text, "Failed", 1, text)],
            Actor = record.Actor with { Host = "" },
        });

        Assert.Equal("localhost", (string)report.Root!.Element("testsuite")!.Attribute("hostname")!);
    }

    private static XElement Case(XDocument report, string name)
        => report.Descendants("testcase").Single(one => (string)one.Attribute("name")! == name);

    private static int Number(XElement suite, string name) => (int)suite.Attribute(name)!;

    /// <summary>Reads a report, which must be as the schema says.</summary>
    private static XDocument Read(ReleaseRecord record)
    {
        using var stream = typeof(JUnitReportTests).Assembly.GetManifestResourceStream("junit.xsd")!;
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(stream));
        var text = JUnitReport.Of(record);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", text, StringComparison.Ordinal);
        var report = XDocument.Parse(text);
        report.Validate(schemas, (_, fault) => Assert.Fail($"{fault.Message}\nin:\n{text}"));
        return report;
    }
}
