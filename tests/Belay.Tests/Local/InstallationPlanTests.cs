using Belay.Local;

namespace Belay.Tests.Local;

public sealed class InstallationPlanTests
{
    [Theory]
    [InlineData("ID=debian", true, false, true, "apt-get update && apt-get install -y postgresql", true, false)]
    [InlineData("ID=ubuntu", false, true, true, "sudo apt-get update && sudo apt-get install -y postgresql", true, true)]
    [InlineData("ID=ubuntu", false, false, true, "sudo apt-get update && sudo apt-get install -y postgresql", false, true)]
    [InlineData("ID=linuxmint", true, false, true, "apt-get update && apt-get install -y postgresql", true, false)]
    [InlineData("ID=fedora", true, false, false, "dnf install -y postgresql-server", false, false)]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", false, true, false, "sudo dnf install -y postgresql-server", false, false)]
    [InlineData("ID=alpine", true, false, false, "apk add postgresql", false, false)]
    [InlineData("ID=arch", true, false, false, "pacman -S --noconfirm postgresql", false, false)]
    [InlineData("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"", true, false, false, "zypper install -y postgresql-server", false, false)]
    [InlineData(
        "ID=plan9", true, true, false, "install PostgreSQL's server and client programs and set PG_BIN to their folder", false, false)]
    public void Knows_the_command_of_each_Linux_and_installs_only_where_apt_needs_no_password(
        string release, bool isRoot, bool hasFreeSudo, bool hasAptGet, string command, bool isAutomatic, bool needsSudo)
    {
        var facts = new SystemFacts
        {
            Platform = PlatformID.Unix,
            Families = SystemFacts.FamiliesIn(release.Split('\n')),
            IsRoot = isRoot,
            HasFreeSudo = hasFreeSudo,
            HasAptGet = hasAptGet,
        };
        Assert.Equal(new InstallationPlan(command, isAutomatic, needsSudo), InstallationPlan.For(facts));
    }

    [Fact]
    public void Leaves_Windows_and_macOS_to_the_person()
    {
        Assert.Equal(
            new InstallationPlan("winget install PostgreSQL.PostgreSQL.17", false, false),
            InstallationPlan.For(new() { Platform = PlatformID.Win32NT }));
        Assert.Equal(
            new InstallationPlan("brew install postgresql@17", false, false),
            InstallationPlan.For(new() { Platform = PlatformID.Unix, IsMac = true, HasAptGet = true }));
    }
}
