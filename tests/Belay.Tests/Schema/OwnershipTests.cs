using Belay.Schema;

namespace Belay.Tests.Schema;

public sealed class OwnershipTests
{
    private static readonly OwnedObject[] Before =
    [
        new("table", "public.a", "app"),
        new("table", "public.b", "app"),
        new("function", "public.f(integer)", "postgres"),
        new("table", "\"odd.name\".c", "other"),
    ];

    [Fact]
    public void Names_a_new_object_that_does_not_belong_to_the_owner_of_most_others()
        => Assert.Equal(
            [
                "The new table public.c belongs to \"postgres\", most objects of its schema to \"app\": ALTER TABLE public.c OWNER TO "
                    + "\"app\"",
            ],
            Ownership.Warnings(
                Before,
                [.. Before, new("table", "public.c", "postgres"), new("table", "public.d", "app"), new("view", "\"odd.name\".v", "other")],
                null));

    [Fact]
    public void Expects_the_role_that_was_asked_for()
        => Assert.Equal(
            [
                "The new function public.g() belongs to \"app\", not to \"owner \"x\"\": ALTER FUNCTION public.g() OWNER TO \"owner "
                    + "\"\"x\"\"\"",
            ],
            Ownership.Warnings(Before, [.. Before, new("function", "public.g()", "app")], "owner \"x\""));

    [Fact]
    public void Expects_nothing_in_a_new_schema_or_where_no_owner_has_most_objects()
        => Assert.Empty(Ownership.Warnings(
            [new("table", "public.a", "app"), new("table", "public.b", "other")],
            [
                new("table", "public.a", "app"),
                new("table", "public.b", "other"),
                new("table", "public.c", "third"),
                new("schema", "new", "third"),
                new("table", "new.t", "third"),
            ],
            null));

    [Fact]
    public void Never_advises_to_give_an_object_to_the_role_that_stands_for_the_database_s_owner()
        => Assert.Empty(
            Ownership.Warnings(
                [new("schema", "public", "pg_database_owner")],
                [new("schema", "public", "pg_database_owner"), new("schema", "app", "me")],
                null));

    [Fact]
    public void Says_nothing_of_objects_that_were_there()
        => Assert.Empty(Ownership.Warnings(Before, [.. Before.Select(one => one with { Owner = "somebody" })], null));
}
