using Belay.Printing;

namespace Belay.Tests.Printing;

public sealed class SqlPasswordsTests
{
    [Theory]
    [InlineData("CREATE ROLE app LOGIN PASSWORD 'it''s long'", "CREATE ROLE app LOGIN PASSWORD '***'")]
    [InlineData(@"alter role app password E'a\'b' valid until 'infinity'", "alter role app password '***' valid until 'infinity'")]
    [InlineData("OPTIONS (user 'app', password 'p-1')", "OPTIONS (user 'app', password '***')")]
    [InlineData("CONNECTION 'host=db password=p-1 dbname=shop'", "CONNECTION 'host=db password=*** dbname=shop'")]
    [InlineData("CONNECTION 'password=''p 1'' host=db'", "CONNECTION 'password=*** host=db'")]
    [InlineData("ALTER TABLE \"user\" ADD password_hash text", "ALTER TABLE \"user\" ADD password_hash text")]
    [InlineData("UPDATE t SET password_changed = now()", "UPDATE t SET password_changed = now()")]
    public void A_password_does_not_stay_in_a_statement(string sql, string masked) => Assert.Equal(masked, SqlPasswords.Mask(sql));
}
