namespace Belay.Tests;

public sealed class SecretTests
{
    private readonly string value = $"secret-{Guid.NewGuid():N}";

    [Fact]
    public void Shows_nothing_of_itself_and_is_masked_from_then_on()
    {
        var secret = new Secret(value);

        Assert.Equal(("***", value), ($"{secret}", secret.Reveal()));
        Assert.Equal("seen: ***", Redaction.Apply($"seen: {value}"));
    }

    [Fact]
    public void Is_never_null()
    {
        Assert.Throws<ArgumentNullException>(() => new Secret(null!));
        Assert.Throws<ArgumentNullException>(() => Redaction.Remember(null!));
        Assert.Throws<ArgumentNullException>(() => Redaction.Apply(null!));
    }

    [Fact]
    public void Is_equal_to_another_of_the_same_text_alone()
    {
        var secret = new Secret(value);

        Assert.Equal(secret, new Secret(value));
        Assert.Equal(secret.GetHashCode(), new Secret(value).GetHashCode());
        Assert.NotEqual(secret, new Secret(value.ToUpperInvariant()));
        Assert.False(secret.Equals((object?)value));
        Assert.False(secret.Equals(null));
    }
}
