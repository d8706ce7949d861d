namespace Belay.Tests.Layouts.Play;

public sealed class PlayLayoutTests : LayoutTest
{
    [Fact]
    public void Makes_SQL_of_its_comments_and_double_semicolons()
    {
        Write(
            "1.sql",
            "# Users schema\n\n# --- !Ups\nCREATE TABLE users (id integer);\n# a remark\nCREATE FUNCTION f() RETURNS void LANGUAGE "
                + "plpgsql AS $$ BEGIN PERFORM 1;; END $$;\n\n# --- !Downs\nDROP TABLE users;\n");
        Write("2.sql", "-- !Ups\nSELECT 2;\n-- !Downs\nSELECT -2;\n");
        var set = Open();
        Assert.Equal("The migrations are in the layout of play, as \"# --- !Ups\" in 1.sql shows", set.Recognition);
        Assert.Equal(
            [
                "\n\n\nCREATE TABLE users (id integer);\n\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; END "
                    + "$$;\n",
                "-- !Ups\nSELECT 2;\n",
            ],
            set.Migrations.Select(migration => migration.Text));
        Assert.Equal("\n\n\n\n\n\n\n\nDROP TABLE users;\n", set.Migrations[0].Rollback?.Text);
    }
}
