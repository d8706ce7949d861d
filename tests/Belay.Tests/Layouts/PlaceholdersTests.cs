using Belay.Layouts;

namespace Belay.Tests.Layouts;

public sealed class PlaceholdersTests
{
    [Theory]
    [InlineData("ALTER TABLE {{ .schema }}.a ADD b integer;", "{{ .schema }} of a template at 13")]
    [InlineData("ALTER TABLE ${schema}.a ADD b integer;", "${schema} of Flyway, Evolve or MyBatis at 13")]
    [InlineData("ALTER TABLE $schema$.a ADD b integer;", "$schema$ of DbUp at 13")]
    [InlineData("ALTER TABLE $s$.a ADD b integer; ALTER TABLE $s$.b ADD c integer;", "$s$ of DbUp at 13, $s$ of DbUp at 46")]
    [InlineData("SET search_path = :schema;", ":schema of psql at 19")]
    [InlineData("SELECT :'name', :\"column\";", ":'name' of psql at 8, :\"column\" of psql at 17")]
    public void Are_found_where_they_could_not_be_SQL(string text, string expected)
        => Assert.Equal(
            expected, string.Join(", ", Placeholders.Find(text).Select(found => $"{found.Text} of {found.Kind} at {found.Place.Column}")));

    [Theory]
    [InlineData("SELECT '{{ a }}', '${b}', ':c', '$d$.e';")]
    [InlineData("-- {{ a }} ${b} :c $d$.e\nSELECT 1;")]
    [InlineData(
        "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$ DECLARE a text := ''; BEGIN RETURN a::text || '{{x}}'; END $body$;")]
    [InlineData("SELECT '{1,2}'::int[], (array[1,2,3])[1:2], a[lower:upper], b[:n] FROM t;")]
    [InlineData("SELECT jsonb '{\"a\": {\"b\": 1}}', f(x := 1), f(x => 1);")]
    [InlineData("COPY t FROM stdin;\n{{ a }} ${b}\n\\.\n")]
    [InlineData("SELECT $1, $tag$text$tag$, E'\\:a';")]
    public void Are_not_seen_in_SQL_that_is_valid(string text) => Assert.Empty(Placeholders.Find(text));
}
