namespace Belay.Tests;

public sealed class SecretPartsTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Finds_nothing_in_an_empty_text(string text) => Assert.Empty(SecretParts.Of(text));

    [Fact]
    public void Finds_the_text_with_and_without_the_blanks_around_it() => Assert.Equal([" word ", "word"], SecretParts.Of(" word "));

    [Fact]
    public void Finds_each_longer_line_of_several_but_not_the_frame_of_a_key()
        => Assert.Equal(
            ["12345678", "of a key"],
            SecretParts.Of("-----BEGIN KEY-----\n 12345678 \n1234567\nof a key\n-----END KEY-----").Skip(2));

    [Theory]
    [InlineData("sig=word", "word")]
    [InlineData("a;AccountKey=wo/rd==;b", "wo/rd==")]
    [InlineData("SharedAccessSignature=word", "word")]
    [InlineData("password = word next", "word")]
    [InlineData("PWD=word&next", "word")]
    [InlineData("PassPhrase='two ''words' next", "two ")]
    [InlineData("Password='two \\'words' next", "two \\'words")]
    [InlineData("SslPassword=\"two;words\"", "two;words")]
    [InlineData("Token=word", "word")]
    [InlineData("x?X-Amz-Signature=word", "word")]
    [InlineData("x&X-Amz-Security-Token=word", "word")]
    public void Finds_the_value_of_a_name_that_means_a_secret(string text, string value)
        => Assert.Contains(value, SecretParts.Of(text).Skip(2));

    [Theory]
    [InlineData("design=word")]
    [InlineData("Host=word")]
    [InlineData("Password=''")]
    public void Finds_no_value_of_other_names(string text) => Assert.Equal([text, text], SecretParts.Of(text));

    [Theory]
    [InlineData("postgresql://u:pass@h/d", "pass|pass")]
    [InlineData("postgresql://u:pa@ss@h/d", "pa@ss|pa@ss")]
    [InlineData("postgresql://u:pa/ss:wo@h/d", "pa/ss:wo")]
    [InlineData("redis://:pass@h", "pass|pass")]
    [InlineData("postgresql://u@h/d", "")]
    [InlineData("postgresql://u:@h/d", "")]
    [InlineData("postgresql://h/d", "")]
    [InlineData("https://some%40body:q9@h", "q9|some@body:q9|q9|some@body:q9")]
    [InlineData("https://u:abc@h", "abc|u:abc|abc|u:abc")]
    public void Finds_the_password_of_an_address_and_with_a_short_one_the_login(string text, string parts)
        => Assert.Equal(parts, string.Join('|', SecretParts.Of(text).Skip(2)));

    [Theory]
    [InlineData("http://me:word@proxy:3128/a@b", "word")]
    [InlineData("no http://me:word@proxy?x=y@z,https://you:else@h#a@b c@d", "word|else")]
    [InlineData("http://me:word@proxy b@c", "word")]
    [InlineData("http://me:pw@proxy", "pw|me:pw")]
    [InlineData("http://me@proxy me:word@x", "")]
    public void Finds_the_passwords_of_addresses_in_a_text_that_is_no_secret(string text, string passwords)
        => Assert.Equal(passwords, string.Join('|', SecretParts.PasswordsOfAddresses(text)));
}
