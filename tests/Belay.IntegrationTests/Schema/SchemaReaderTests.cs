using Belay.IntegrationTests.Support;
using Belay.Schema;

namespace Belay.IntegrationTests.Schema;

public sealed class SchemaReaderTests(PostgresFixture postgres)
{
    private const string Everything = """
        CREATE EXTENSION pg_trgm;
        CREATE TYPE public.mood AS ENUM ('sad', 'it''s ok');
        CREATE DOMAIN public.year AS integer NOT NULL DEFAULT 2000 CHECK (VALUE > 1900);
        CREATE TABLE public."Order" (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            note varchar(80) NOT NULL DEFAULT E'two\nlines',
            mood public.mood,
            total numeric(10,2) CHECK (total >= 0),
            twice numeric GENERATED ALWAYS AS (total * 2) STORED);
        CREATE INDEX order_note ON public."Order" (note) WHERE total > 0;
        CREATE VIEW public.cheap AS SELECT id FROM public."Order" WHERE total < 10;
        CREATE FUNCTION public.one(a integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER touched BEFORE UPDATE ON public."Order" FOR EACH ROW EXECUTE FUNCTION public.touch();
        ALTER TABLE public."Order" ENABLE ROW LEVEL SECURITY;
        CREATE POLICY cheap_only ON public."Order" FOR SELECT USING (total < 10);
        CREATE RULE no_delete AS ON DELETE TO public."Order" DO INSTEAD NOTHING;
        CREATE TABLE public.part (at date) PARTITION BY RANGE (at);
        CREATE TABLE public.part_1 PARTITION OF public.part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE AGGREGATE public.product(integer) (SFUNC = int4mul, STYPE = integer, INITCOND = '1');
        CREATE SCHEMA belay;
        CREATE TABLE belay.migration (version bigint);
        CREATE TEMPORARY TABLE gone (id integer);
        """;

    [Fact]
    public async Task Describes_every_kind_of_object_and_nothing_of_extensions_of_itself_or_of_temporary_ones()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(Everything, Token);

        var lines = (await ReadAsync(database)).Lines.Select(line => line.Split(" definition ")[0]);

        Assert.Equal(
            [
                "aggregate public.product(integer) returns integer owner postgres",
                "column public.\"Order\".id bigint not null generated always as identity",
                "column public.\"Order\".mood public.mood",
                "column public.\"Order\".note character varying(80) not null default 'two\\nlines'::character varying",
                "column public.\"Order\".total numeric(10,2)",
                "column public.\"Order\".twice numeric generated as (total * (2)::numeric)",
                "column public.part.at date",
                "column public.part_1.at date",
                "constraint public.\"Order\".\"Order_pkey\" PRIMARY KEY (id)",
                "constraint public.\"Order\".\"Order_total_check\" CHECK ((total >= (0)::numeric))",
                "constraint public.year.year_check CHECK ((VALUE > 1900))",
                "domain public.year integer not null default 2000 owner postgres",
                "extension pg_trgm 1.6 in schema public",
                "extension plpgsql 1.0 in schema pg_catalog",
                "function public.one(a integer) returns integer owner postgres",
                "function public.touch() returns trigger owner postgres",
                "index public.order_note CREATE INDEX order_note ON public.\"Order\" USING btree (note) WHERE (total > (0)::numeric)",
                "policy public.\"Order\".cheap_only permissive for r to public using (total < (10)::numeric)",
                "rule public.\"Order\".no_delete",
                "schema public owner pg_database_owner",
                "sequence public.\"Order_id_seq\" as bigint start 1 increment 1 min 1 max 9223372036854775807",
                "table public.\"Order\" row security owner postgres",
                "table public.part partition by RANGE (at) owner postgres",
                "table public.part_1 inherits public.part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') owner postgres",
                "trigger public.\"Order\".touched CREATE TRIGGER touched BEFORE UPDATE ON public.\"Order\" FOR EACH ROW EXECUTE FUNCTION "
                    + "public.touch()",
                "type public.mood enum ('sad', 'it''s ok') owner postgres",
                "view public.cheap owner postgres",
            ],
            lines);
    }

    [Theory]
    [InlineData(
        "CREATE OR REPLACE FUNCTION public.one(a integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT 2'",
        "function public.one(a integer)")]
    [InlineData("CREATE OR REPLACE VIEW public.cheap AS SELECT id FROM public.\"Order\" WHERE total < 11", "view public.cheap")]
    [InlineData("ALTER TABLE public.\"Order\" DISABLE TRIGGER touched", "trigger public.\"Order\".touched")]
    [InlineData("ALTER TABLE public.\"Order\" OWNER TO pg_monitor", "table public.\"Order\"")]
    [InlineData("ALTER TYPE public.mood ADD VALUE 'glad'", "type public.mood")]
    public async Task Shows_a_changed_definition_as_one_line_less_and_one_more(string change, string start)
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(Everything, Token);
        var before = await ReadAsync(database);

        await database.ExecuteAsync(change, Token);

        var difference = SchemaDifference.Between(before.Lines, (await ReadAsync(database)).Lines);
        Assert.StartsWith(start, Assert.Single(difference.Removed), StringComparison.Ordinal);
        Assert.StartsWith(start, Assert.Single(difference.Added), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_the_same_for_the_same_schema_in_another_database_and_leaves_the_search_path()
    {
        await using var one = await postgres.CreateDatabaseAsync(Token);
        await using var other = await postgres.CreateDatabaseAsync(Token);
        await one.ExecuteAsync(Everything, Token);
        await other.ExecuteAsync("CREATE TABLE first_of_all (id integer); DROP TABLE first_of_all;" + Everything, Token);
        await using var connection = await other.OpenAsync(Token);
        await using var path = new Npgsql.NpgsqlCommand("SET search_path = public", connection);
        await path.ExecuteNonQueryAsync(Token);

        var snapshot = await SchemaReader.ReadAsync(connection, Token);

        Assert.Equal((await ReadAsync(one)).Sha256, snapshot!.Sha256);
        path.CommandText = "SHOW search_path";
        Assert.Equal("public", await path.ExecuteScalarAsync(Token));
    }

    private static async Task<SchemaSnapshot> ReadAsync(TestDatabase database)
    {
        await using var connection = await database.OpenAsync(Token);
        return (await SchemaReader.ReadAsync(connection, Token))!;
    }
}
