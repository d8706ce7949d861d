namespace Belay.Tests.Layouts.Tern;

public sealed class TernLayoutTests : LayoutTest
{
    [Fact]
    public void Splits_a_file_at_its_line()
    {
        Write("001_u.sql", "create table u (id integer);\n\n---- create above / drop below ----\n\ndrop table u;\n");
        Write("002_v.sql", "---- tern: disable-tx ----\ncreate index concurrently i on u (id);\n");
        var set = Open();
        Assert.Equal(
            "The migrations are in the layout of tern, as \"---- create above / drop below ----\" in 001_u.sql shows", set.Recognition);
        Assert.Equal(
            ["create table u (id integer);\n", "---- tern: disable-tx ----\ncreate index concurrently i on u (id);\n"],
            set.Migrations.Select(migration => migration.Text));
        Assert.Equal(
            ["\n\n---- create above / drop below ----\n\ndrop table u;\n", null],
            set.Migrations.Select(migration => migration.Rollback?.Text));
        Assert.Equal([false, true], set.Migrations.Select(migration => migration.Directives.NoTransaction));
    }

    [Fact]
    public void Refuses_templates()
    {
        Write("001_u.sql", "create table {{.prefix}}u (id integer);\n---- create above / drop below ----\ndrop table u;\n");
        Assert.Equal(
            [$"{PathOf("001_u.sql")}:1:14: {{{{.prefix}}}} is a placeholder of a template, and placeholders are not replaced here"],
            Faults());
    }
}
