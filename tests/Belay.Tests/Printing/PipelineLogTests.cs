using Belay.Printing;
using Microsoft.Extensions.Time.Testing;

namespace Belay.Tests.Printing;

public sealed class PipelineLogTests
{
    private static readonly FilePlace Place = new("db/my, own:file;1].sql", 4, 7);

    private readonly List<string> written = [];

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true", PipelineService.GitHub)]
    [InlineData("TF_BUILD", "True", PipelineService.Azure)]
    [InlineData("GITLAB_CI", "true", PipelineService.GitLab)]
    [InlineData("GITHUB_ACTIONS", "", PipelineService.None)]
    [InlineData("CI", "true", PipelineService.None)]
    public void Knows_a_service_by_its_variable(string name, string value, Enum expected)
        => Assert.Equal(expected, PipelineLog.ServiceOf(new Dictionary<string, string> { [name] = value }));

    [Theory]
    [InlineData(PipelineService.GitHub, "::group::Backup|::endgroup::|::group::Migrate|::endgroup::")]
    [InlineData(PipelineService.Azure, "##[group]Backup|##[endgroup]|##[group]Migrate|##[endgroup]")]
    [InlineData(
        PipelineService.GitLab,
        "\e[0Ksection_start:100:belay_backup\r\e[0KBackup|\e[0Ksection_end:100:belay_backup\r\e[0K|"
            + "\e[0Ksection_start:100:belay_migrate\r\e[0KMigrate|\e[0Ksection_end:100:belay_migrate\r\e[0K")]
    [InlineData(PipelineService.None, "")]
    public void Groups_the_lines_of_a_stage_and_ends_each_group_once(Enum service, string expected)
    {
        var log = Log(service);

        log.Begin("Backup");
        log.Begin("Migrate");
        log.End();
        log.End();

        Assert.Equal(expected, string.Join('|', written));
    }

    [Theory]
    [InlineData(
        PipelineService.GitHub,
        "::error file=db/my%2C own%3Afile;1].sql,line=4,col=7,title=Belay::50%25%0A: :set-env name=a: b")]
    [InlineData(
        PipelineService.Azure,
        "##vso[task.logissue type=error;sourcepath=db/my, own:file%3B1%5D.sql;linenumber=4;columnnumber=7;]"
            + "50%AZP25%0A: :set-env name=a: b")]
    [InlineData(PipelineService.GitLab, "")]
    public void Marks_a_failure_at_its_place_and_lets_no_text_of_others_end_or_begin_a_command(Enum service, string expected)
    {
        Log(service).Error("50%\n::set-env name=a: b", Place);

        Assert.Equal(expected, string.Join('|', written));
    }

    [Fact]
    public void Marks_a_failure_without_a_place_and_a_warning()
    {
        Log(PipelineService.GitHub).Error("no room");
        Log(PipelineService.GitHub).Warning("slow");
        Log(PipelineService.Azure).Warning("a]##vso[task.complete]");

        Assert.Equal(
            ["::error title=Belay::no room", "::warning::slow", "##vso[task.logissue type=warning;]a]##vso [task.complete]"], written);
    }

    [Fact]
    public void Shows_the_page_of_the_record_where_the_service_asks_for_it_in_its_log()
    {
        Log(PipelineService.GitHub).Summary("/srv/release.md");
        Log(PipelineService.Azure).Summary("/srv/release.md");

        Assert.Equal([$"##vso[task.uploadsummary]{Path.GetFullPath("/srv/release.md")}"], written);
    }

    private PipelineLog Log(Enum service)
        => new((PipelineService)service, written.Add, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(100)));
}
