using Belay.Arguments;

namespace Belay.Tests.Arguments;

public sealed class TypedProgramTests
{
    private static readonly TypedProgram Program = new("dotnet belay")
    {
        Repeated = [new("--root", ["/srv/my app"]), new("--profile", ["production"]), new("--migrations", ["db/migrations"])],
        TemporaryFolder = ".belay/temp",
    };

    [Theory]
    [InlineData(
        "./build.sh Status shows both",
        "dotnet belay Status --root '/srv/my app' --profile production --migrations db/migrations shows both")]
    [InlineData(
        "./build.sh Migrate --skip Backup",
        "dotnet belay Migrate --root '/srv/my app' --profile production --migrations db/migrations --skip Backup")]
    [InlineData(
        "./build.sh Migrate --migrations <folder>", "dotnet belay Migrate --root '/srv/my app' --profile production --migrations <folder>")]
    [InlineData("./build.sh --help lists targets", "dotnet belay --help lists targets")]
    [InlineData("free space in .nuke/temp", "free space in .belay/temp")]
    [InlineData("nothing to type", "nothing to type")]
    public void Names_the_program_that_was_typed_and_repeats_what_says_where_things_are(string text, string expected)
        => Assert.Equal(expected, Program.In(text));

    [Fact]
    public void Leaves_an_option_out_only_in_the_command_that_has_it_already()
        => Assert.Equal(
            "belay Migrate --migrations <folder>; belay Status --migrations db",
            new TypedProgram("belay") { Repeated = [new("--migrations", ["db"])] }
                .In("./build.sh Migrate --migrations <folder>; ./build.sh Status"));

    [Fact]
    public void Leaves_the_texts_as_they_are_for_the_build_s_own_script()
        => Assert.Equal("./build.sh Status; .nuke/temp", new TypedProgram(TypedProgram.InTexts).In("./build.sh Status; .nuke/temp"));

    [Theory]
    [InlineData("db/migrations", "--migrations db/migrations")]
    [InlineData("it's", @"--migrations 'it'\''s'")]
    public void Quotes_a_word_as_a_shell_needs_it(string word, string expected)
        => Assert.Equal(expected, new RepeatedOption("--migrations", [word]).ToString());
}
