using System.Reflection;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>Which commands a page has, and that each is typed by a test.</summary>
public sealed class DocumentPageTests
{
    [Fact]
    public void Each_command_of_the_walked_pages_is_typed_by_the_test_of_its_place()
    {
        var walks = typeof(DocumentPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<WalksAttribute>())
            .OfType<WalksAttribute>()
            .Select(walk => (walk.Page, walk.Place))
            .ToList();
        var places = DocumentPage.Walked.SelectMany(page => DocumentPage.Commands(page).Select(place => (page, place.Key))).ToList();

        Assert.True(places.Count > 30, $"only {places.Count} places with commands were found");
        Assert.Equal(places.Order(), walks.Order());
    }

    [Fact]
    public void Each_message_of_the_page_of_troubles_is_expected_by_a_test()
    {
        var messages = File.ReadLines(Path.Combine(Repository.Root, "docs", "troubleshooting.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..])
            .ToList();
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests*.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Where(line => !line.Contains("[Walks(", StringComparison.Ordinal))
            .Select(line => line.Replace("\\\"", "\"", StringComparison.Ordinal))
            .ToList();

        Assert.True(messages.Count >= 20, $"only {messages.Count} messages were found");
        Assert.All(messages, message => Assert.All(
            message.Split('…', StringSplitOptions.RemoveEmptyEntries),
            words => Assert.Contains(tests, line => line.Contains(words.Trim(), StringComparison.Ordinal))));
    }

    [Fact]
    public void Finds_lines_of_blocks_and_commands_in_sentences_by_their_places()
    {
        const string Page = """
            Type `./build.sh Help me` first.

            ## One place

            Text with `no command` and `./build.sh Backup --backup
            latest`.

            ```bash
            ./build.sh Migrate      # a comment
            # nothing

            psql -c '#1' | cat
            ```

            ```
            * * release  cd /srv && ./build.sh Status
            no command
            ```

            - **A message**: type `mkdir -m 700 here`;
              and `export A=b`.
            - Without lead `./build.sh Verify`

            A paragraph with `ExecStart=/srv/build.sh Status`.

            1. A step:

               ```bash
               ./build.sh Preflight
               ```
            """;

        Assert.Equal(
            [
                ("", "./build.sh Help me"),
                ("One place", "./build.sh Backup --backup latest"),
                ("One place", "./build.sh Migrate"),
                ("One place", "psql -c '#1' | cat"),
                ("One place", "* * release  cd /srv && ./build.sh Status"),
                ("A message", "mkdir -m 700 here"),
                ("A message", "export A=b"),
                ("One place", "./build.sh Verify"),
                ("One place", "ExecStart=/srv/build.sh Status"),
                ("One place", "./build.sh Preflight"),
            ],
            DocumentPage.Read(Page.ReplaceLineEndings("\n")));
    }
}
