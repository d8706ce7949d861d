using System.Text;
using Belay.Backups;
using Belay.IntegrationTests.Support;
using Belay.Postgres;
using Belay.Recovery.Restoring;
using Belay.Settings;

namespace Belay.IntegrationTests.Recovery.Restoring;

/// <summary>Databases and names of kinds that not everybody has.</summary>
[Collection(nameof(RestoringCollection))]
public sealed class RestoreKindTests(PostgresFixture postgres) : DatabaseTest(postgres)
{
    private RestoreBench? bench;

    private RestoreBench Bench => bench ??= new RestoreBench(Database, Postgres.Tools);

    private string Name => Database.Target.Database;

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (bench is not null)
        {
            await bench.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("ENCODING 'EUC_JP' LC_COLLATE 'C' LC_CTYPE 'C'", "EUC_JP|c")]
    [InlineData("ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'und' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'", "UTF8|i")]
    public async Task Restores_a_database_of_another_encoding_or_locale_with_its_texts(string kind, string expected)
    {
        var other = Database.Target with { Database = $"{Name}_kind" };
        await Bench.AskAsync("postgres", $"CREATE DATABASE {other.Database} TEMPLATE template0 {kind}");
        await other.ExecuteAsync("CREATE TABLE \"表\" (\"名\" text); INSERT INTO \"表\" VALUES ('日本語'), ('かな')", Token);
        var manifest = await Bench.Backups.TakeAsync(other, new BackupSettings());

        await Bench.RestoreAsync(Bench.Request(manifest, $"{Name}_copy"));

        Assert.Equal(
            "かな,日本語",
            await Bench.AskAsync($"{Name}_copy", "SELECT string_agg(\"名\", ',' ORDER BY \"名\" COLLATE \"C\") FROM \"表\""));
        Assert.Equal(
            expected,
            await Bench.AskAsync(
                $"{Name}_copy",
                "SELECT pg_encoding_to_char(encoding) || '|' || datlocprovider::text FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task Restores_on_a_server_that_has_counted_its_oids_past_two_thousand_million()
    {
        await Bench.AskAsync("postgres", $"CREATE DATABASE {Name}_left OID = 3500000000");
        await Bench.AskAsync(
            "postgres", $"COMMENT ON DATABASE {Name}_left IS 'Belay restores a backup into this database; it is not whole.'");

        await Bench.RestoreAsync(Bench.Request(await Bench.TakeAsync(), $"{Name}_copy"));

        Assert.Equal([$"{Name}_copy"], await Bench.OthersAsync());
    }

    [Fact]
    public async Task Restores_triggers_that_would_refuse_or_write_and_what_extensions_hold_and_fires_none()
    {
        await Database.ExecuteAsync(
            """
            CREATE EXTENSION hstore; CREATE EXTENSION citext;
            CREATE TABLE kept (id citext PRIMARY KEY, facts hstore, seen integer GENERATED ALWAYS AS IDENTITY);
            INSERT INTO kept (id, facts) VALUES ('A', 'b=>1');
            CREATE TABLE fired (what text);
            CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.fired VALUES (tg_tag); END';
            CREATE EVENT TRIGGER noting ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION note();
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
            CREATE TRIGGER refusing BEFORE INSERT ON kept FOR EACH ROW EXECUTE FUNCTION refuse();
            TRUNCATE fired;
            """,
            Token);
        var manifest = await Bench.TakeAsync();
        var fired = await Bench.AskAsync(Name, "SELECT count(*) FROM fired");

        await Bench.RestoreAsync(Bench.Request(manifest, $"{Name}_copy"));

        Assert.Equal(
            $"1|{fired}|1|b=>1",
            await Bench.AskAsync(
                $"{Name}_copy",
                """
                SELECT concat_ws('|', (SELECT count(*) FROM kept WHERE id = 'a'), (SELECT count(*) FROM fired),
                    (SELECT count(*) FROM pg_event_trigger), (SELECT replace(facts::text, '"', '') FROM kept))
                """));
    }

    [Fact]
    public async Task Restores_a_database_of_which_no_statistics_can_be_gathered_and_says_so()
    {
        await Database.ExecuteAsync(
            """
            CREATE FUNCTION moody(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$
            BEGIN
                IF current_setting('application_name') = 'belay restore' THEN RAISE 'not in this mood'; END IF;
                RETURN $1;
            END $$;
            CREATE TABLE mood AS SELECT generate_series(1, 50) AS id;
            CREATE INDEX ON mood (moody(id));
            """,
            Token);

        await Bench.RestoreAsync(Bench.Request(await Bench.TakeAsync(), $"{Name}_copy"));

        Assert.Equal([$"{Name}_copy"], await Bench.OthersAsync());
        Assert.Equal(
            [
                $"{Name}_copy is restored without statistics of all tables, so statements may be slow: not in this mood (Hint: mend what "
                    + "the message names, then ANALYZE)",
            ],
            Bench.Output.Warnings);
    }

    [Theory]
    [InlineData("a_name_of_sixty_five_letters_which_is_two_more_than_a_name_may_be", 65)]
    [InlineData("数据库数据库数据库数据库数据库数据库数据库库", 66)]
    public async Task Refuses_a_name_that_the_server_would_cut(string name, int bytes)
    {
        var manifest = await Bench.TakeAsync();

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => Bench.RestoreAsync(Bench.Request(manifest, name)));

        Assert.Equal(
            $"--to-new {name}: the name of a database may have 63 bytes on this server, and this has {bytes}; nothing was touched",
            refusal.Message);
        Assert.Equal("choose a shorter name", refusal.Hint);
        Assert.Empty(await Bench.OthersAsync());
    }

    [Fact]
    public async Task Puts_a_database_back_whose_name_a_shell_would_make_something_else_of()
    {
        const string Odd = "an odd=1 \n $(name) 名";
        await using var odd = await TestDatabase.CreateAsync(Postgres.Server, Odd, Token);
        await using var restores = new RestoreBench(odd, Postgres.Tools);
        var manifest = await restores.TakeAsync();
        var replaced = (await restores.RestoreAsync(restores.Request(manifest))).Replaced!;

        var preview = await restores.Runner.PreviewAsync(restores.Request(manifest), Token);

        Assert.Contains(
            $"  put aside by an earlier restore: {replaced}; when nobody needs it: ./build.sh Restore --drop-old '{replaced}' --confirm "
                + $"'{replaced}'",
            preview.Lines);
        var refusal = Assert.Throws<SettingsException>(preview.Confirm);
        Assert.Equal(
            $"./build.sh Restore --backup {manifest.Id} --confirm '{Odd}'; or beside it: ./build.sh Restore --backup {manifest.Id} "
                + $"--to-new '{Odd}_restored'",
            refusal.Hint);
        await new ReplacedDatabase(odd.Target, replaced).DropAsync(replaced, Token);
        Assert.Empty(await restores.OthersAsync());
    }

    [Fact]
    public async Task Restores_as_a_name_of_exactly_as_many_bytes_and_in_the_place_of_one()
    {
        var name = $"{Name}_";
        name += new string('数', (63 - Encoding.UTF8.GetByteCount(name)) / 3);
        name += new string('x', 63 - Encoding.UTF8.GetByteCount(name));
        var manifest = await Bench.TakeAsync();

        await Bench.RestoreAsync(Bench.Request(manifest, name));
        var outcome = await Bench.RestoreAsync(
            Bench.Request(manifest) with { Target = Database.Target with { Database = name }, Confirmation = name });

        Assert.Equal("200", await Bench.AskAsync(name, "SELECT count(*) FROM item"));
        Assert.Equal("200", await Bench.AskAsync(outcome.Replaced!, "SELECT count(*) FROM item"));
        Assert.InRange(Encoding.UTF8.GetByteCount(outcome.Replaced!), 60, 63);
        await Bench.AskAsync("postgres", $"DROP DATABASE \"{outcome.Replaced}\"");
    }
}
