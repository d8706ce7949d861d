using Belay.Sql;

namespace Belay.Tests.Layouts;

public sealed class MarkedLayoutTests : LayoutTest
{
    [Theory]
    [InlineData("-- migrate:up", "-- migrate:down")]
    [InlineData("-- +goose Up", "-- +goose Down")]
    [InlineData("-- +goose up", "--+goose DOWN")]
    public void Splits_a_file_at_its_markers_and_keeps_the_line_numbers(string up, string down)
    {
        Write("20240131_add users.sql", $"-- a remark\n{up}\nSELECT 1;\n\n{down}\nSELECT -1;\nSELECT -2;\n");
        var migration = Assert.Single(Open().Migrations);
        Assert.Equal((20240131m, "add users"), (migration.Version, migration.Name));
        Assert.Equal($"\n{up}\nSELECT 1;\n", migration.Text);
        Assert.Equal(new ScriptSource(PathOf("20240131_add users.sql"), $"\n\n\n\n{down}\nSELECT -1;\nSELECT -2;\n"), migration.Rollback);
        Assert.Equal(
            [6, 7],
            MigrationScript.Read(migration.Rollback!.Text, noTransaction: false).Statements.Select(statement => statement.Position.Line));
    }

    [Theory]
    [InlineData("-- migrate:up")]
    [InlineData("-- +goose Up")]
    [InlineData("-- +migrate Up")]
    [InlineData("-- Up Migration")]
    public void Takes_a_comment_of_many_lines_before_the_marker_for_a_comment(string marker)
    {
        Write("1_a.sql", $"/*\n * Licensed under the Apache License;\n * you may not use it. /* nested */\n */\n\n{marker}\nSELECT 1;\n");
        Assert.Equal($"\n\n\n\n\n{marker}\nSELECT 1;\n", Assert.Single(Open().Migrations).Text);
    }

    [Fact]
    public void Has_the_same_hash_when_only_the_way_down_was_changed()
    {
        Write("1_a.sql", "-- migrate:up\nSELECT 1;\n\n-- migrate:down\nSELECT -1;\n");
        var before = Assert.Single(Open().Migrations).Sha256;
        Write("1_a.sql", "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT -2;\nSELECT -3;\n");
        Assert.Equal(before, Assert.Single(Open().Migrations).Sha256);
    }

    [Theory]
    [InlineData("-- migrate:up transaction:false\nVACUUM;\n", true)]
    [InlineData("-- migrate:up\nSELECT 'transaction:false';\n-- migrate:down transaction:false\n", false)]
    [InlineData("-- +goose NO TRANSACTION\n-- +goose Up\nVACUUM;\n", true)]
    [InlineData("-- +goose no transaction\n-- +goose Up\nVACUUM;\n", true)]
    [InlineData("-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose StatementEnd\n", false)]
    public void Runs_outside_a_transaction_what_is_marked_so(string text, bool expected)
    {
        Write("1_a.sql", text);
        Assert.Equal(expected, Assert.Single(Open().Migrations).Directives.NoTransaction);
    }

    [Fact]
    public void Refuses_files_without_the_marker_and_statements_before_it()
    {
        Write("1_a.sql", "-- migrate:up\nSELECT 1;");
        Write("2_b.sql", "SELECT 2;");
        Write("3_c.sql", "\nSELECT 3;\n-- migrate:up\nSELECT 3;");
        Write("d.sql", "-- migrate:up\nSELECT 4;");
        Assert.Equal(
            [
                $"{PathOf("2_b.sql")}:1: a statement stands before \"-- migrate:up\"",
                $"{PathOf("2_b.sql")} has no line \"-- migrate:up\"",
                $"{PathOf("3_c.sql")}:2: a statement stands before \"-- migrate:up\"",
                $"{PathOf("d.sql")} is not named like a migration of dbmate",
            ],
            Faults());
    }

    [Fact]
    public void Refuses_variables_and_names_programs_that_only_goose_can_run()
    {
        Write("1_a.sql", "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${A}';");
        Assert.Equal(
            [$"{PathOf("1_a.sql")}:2: ENVSUB puts variables of the environment into the script, and variables are not replaced here"],
            Faults());
        Write("1_a.sql", "-- +goose Up\nSELECT 1;");
        Write("2_b.go", "package migrations");
        Write("main.go", "package main");
        Assert.Equal(["1 migration written in Go cannot run here and is left out: 2_b.go"], Open().Remarks);
    }
}
