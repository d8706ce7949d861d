using System.Text;

namespace Belay.Tests;

public sealed class SecretFormsTests
{
    [Theory]
    [InlineData("word", "word")]
    [InlineData("wo+rd", "wo rd|wo+rd")]
    [InlineData("a b c", "a b c|a bc|a+b+c|ab c")]
    [InlineData("ab c", "ab c|ab+c")]
    [InlineData(" abcd", " abcd|+abcd|abcd")]
    [InlineData("%61b%63d", "%61b%63d|abcd")]
    [InlineData("%61bc", "%61bc")]
    public void Looks_for_a_secret_as_it_is_and_without_escapes_with_spaces_and_plus_signs_in_place_of_each_other(
        string secret, string forms)
        => Assert.Equal(
            forms.Split('|').Order(StringComparer.Ordinal),
            SecretForms.Plain(secret).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Looks_for_the_characters_of_base64_that_hold_nothing_but_the_secret_at_each_place_where_it_can_begin()
        => Assert.Equal(["61626364", "FiY2", "YWJjZ", "hYmNk"], SecretForms.Encoded("abcd").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Looks_for_both_alphabets_of_base64_and_both_cases_of_hexadecimal_digits()
    {
        Assert.Superset(new HashSet<string> { "fn5+f", "fn5-f", "7E7E7E7E", "7e7e7e7e" }, SecretForms.Encoded("~~~~").ToHashSet());
        Assert.Superset(new HashSet<string> { "Pz8/P", "Pz8_P" }, SecretForms.Encoded("????").ToHashSet());
    }

    [Theory]
    [InlineData("%61b+cd", "%61b+cd")]
    [InlineData("%61b+cd", "ab+cd")]
    [InlineData("%61b+cd", "ab cd")]
    public void Encodes_the_secret_as_it_is_without_escapes_and_as_a_form_writes_it(string secret, string bytes)
        => Assert.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(bytes)), SecretForms.Encoded(secret));

    [Fact]
    public void Leaves_out_what_is_too_short_to_mask_anywhere()
        => Assert.All(SecretForms.Encoded("ab").Concat(SecretForms.Plain("a b ")), form => Assert.True(form.Length >= 4));
}
