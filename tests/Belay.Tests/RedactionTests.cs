using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Belay.Tests;

public sealed class RedactionTests
{
    private const string Password = "p@ss!w0rd(9)+z";

    public RedactionTests() => Redaction.Remember("postgresql://app:p%40ss!w0rd(9)+z@db.example.com/shop");

    [Theory]
    [InlineData("p@ss!w0rd(9)+z")]
    [InlineData("p%40ss!w0rd(9)+z")]
    [InlineData("p%40ss%21w0rd%289%29%2Bz")]
    [InlineData("p%40ss%21w0rd%289%29%2bz")]
    [InlineData("p%2540ss%2521w0rd%25289%2529%252bz")]
    [InlineData("p@ss!w0rd(9) z")]
    [InlineData(@"p\u0040ss!w0rd(9)\u002bz")]
    [InlineData(@"p\u0040ss!w0rd(9)\u002Bz")]
    [InlineData(@"p\x40ss\!w0rd\(9\)+z")]
    [InlineData("p&#64;ss!w0rd(9)&#x2B;z")]
    [InlineData("p&commat;ss!w0rd(9)&plus;z")]
    [InlineData("p@ss!w0r\n   d(9)+z")]
    [InlineData("p@ss!w0r  \r\n  d(9)+z")]
    [InlineData("| p@ss!w0r |\n| d(9)+z |")]
    [InlineData("p@ss!w0r\\\nd(9)+z")]
    [InlineData("p@ss\u200b!w0rd(9)+z")]
    [InlineData("p@ss\u001b[31m!w0rd(9)\u001b[0m+z")]
    [InlineData("7040737321773072642839292b7a")]
    [InlineData("7040737321773072642839292B7A")]
    public void Masks_a_password_in_every_form_that_it_comes_back_in(string form)
    {
        var masked = Redaction.Apply($"<{form}>");

        Assert.Contains(
            "<***>",
            masked.Replace("| ", "", StringComparison.Ordinal).Replace(" |", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.DoesNotContain("w0r", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app:")]
    [InlineData("longer-user:")]
    [InlineData("")]
    [InlineData("x")]
    public void Masks_the_base64_of_a_login_at_each_alignment(string before)
    {
        var bytes = Encoding.UTF8.GetBytes($"{before}{Password}:after");

        Assert.Equal("Basic ***", Redaction.Apply($"Basic {Convert.ToBase64String(bytes)}"));
        Assert.Equal(
            "Basic ***;", Redaction.Apply($"Basic {Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_').TrimEnd('=')};"));
    }

    [Theory]
    [InlineData("it's-a\"secret\\value<&>/end")]
    [InlineData("ünï-cödé-пароль")]
    [InlineData("$HOME`id`-of-a-shell")]
    [InlineData("100%-sure%20thing")]
    [InlineData("two words of it")]
    public void Masks_what_a_library_made_of_a_secret(string secret)
    {
        Redaction.Remember(secret);

        foreach (var form in new[]
        {
            secret,
            Uri.EscapeDataString(secret),
            WebUtility.UrlEncode(secret),
            Regex.Replace(WebUtility.UrlEncode(secret), "%..", escape => escape.Value.ToLowerInvariant()),
            WebUtility.HtmlEncode(secret),
            JsonEncodedText.Encode(secret).ToString(),
            JsonSerializer.Serialize(secret)[1..^1],
            secret.Replace("/", "\\/", StringComparison.Ordinal),
            secret.Replace("'", "''", StringComparison.Ordinal),
            secret.Replace("'", @"'\''", StringComparison.Ordinal),
            secret.Replace("\"", "\"\"", StringComparison.Ordinal),
            secret.Replace("\\", "\\\\", StringComparison.Ordinal), secret.Replace("$", "\\$", StringComparison.Ordinal),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), JsonSerializer.Serialize(WebUtility.HtmlEncode(secret))[1..^1],
        })
        {
            Assert.Equal("before *** after", Redaction.Apply($"before {form} after"));
        }
    }

    [Fact]
    public void Masks_secrets_that_overlap_to_the_last_character_whichever_is_longer()
    {
        Redaction.Remember("overlap-one-two");
        Redaction.Remember("two-three-overlap");
        Redaction.Remember("overlap-one");

        Assert.Equal("(***)", Redaction.Apply("(overlap-one-two-three-overlap)"));
        Assert.Equal("(***!)", Redaction.Apply("(overlap-one!)"));
    }

    [Theory]
    [InlineData("password=xy7", "password=***")]
    [InlineData("password = xy7;", "password = ***;")]
    [InlineData("{\"password\":\"xy7\"}", "{\"password\":\"***\"}")]
    [InlineData("postgresql://owner:xy7@db/shop", "postgresql://owner:***@db/shop")]
    [InlineData("xy7", "***")]
    [InlineData("one\nxy7\ntwo", "one\n***\ntwo")]
    [InlineData("xy7 backups of 1xy72, galaxy7", "xy7 backups of 1xy72, galaxy7")]
    public void Masks_a_short_secret_only_where_it_stands_as_a_whole_value(string text, string masked)
    {
        Redaction.Remember("xy7");

        Assert.Equal(masked, Redaction.Apply(text));
    }

    [Fact]
    public void Masks_a_short_password_in_base64_with_the_user_of_its_address()
    {
        Redaction.Remember("https://somebody:q9@proxy.example.com");

        Assert.Equal("Basic ***", Redaction.Apply($"Basic {Convert.ToBase64String("somebody:q9"u8)}"));
    }

    [Theory]
    [InlineData(
        "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VjcmV0LWtleS1vZi1zaG9w/+8=;EndpointSuffix=core.windows.net",
        "c2VjcmV0LWtleS1vZi1zaG9w/+8=")]
    [InlineData("https://shop.blob.core.windows.net/backups?sv=2024-11-04&sig=aB3%2FcD4%2BeF5gH6%3D&se=2027", "aB3/cD4+eF5gH6=")]
    [InlineData("host=db user=app password='it\\'s a-libpq-one' dbname=shop", "it's a-libpq-one")]
    [InlineData("Host=db;Username=app;Password=npgsql-word;Database=shop", "npgsql-word")]
    [InlineData("postgresql://app:raw@at/slash-word@db/shop", "raw@at/slash-word")]
    [InlineData("https://bucket.example.com/dump?X-Amz-Signature=0f1e2d3c4b5a&x=1", "0f1e2d3c4b5a")]
    public void Masks_the_secret_inside_an_address_or_a_connection_string(string address, string inside)
    {
        Redaction.Remember(address);

        Assert.Equal("seen: *** there", Redaction.Apply($"seen: {inside} there"));
    }

    [Fact]
    public void Masks_a_single_line_of_a_secret_with_several()
    {
        Redaction.Remember("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\nTHEsecondLINEofKEY==\n-----END PRIVATE KEY-----\n");

        Assert.Equal("-----BEGIN PRIVATE KEY----- ***", Redaction.Apply("-----BEGIN PRIVATE KEY----- THEsecondLINEofKEY=="));
    }

    [Theory]
    [InlineData("the password is wrong")]
    [InlineData("'' \"\" %41 \\u0041 &amp; \r\n\u001b[0m")]
    [InlineData("")]
    public void Leaves_a_text_without_secrets_as_it_is(string text) => Assert.Equal(text, Redaction.Apply(text));

    [Fact]
    public void Ignores_an_empty_secret()
    {
        Redaction.Remember("");
        Redaction.Remember("  ");

        Assert.Equal("a  b", Redaction.Apply("a  b"));
    }
}
