using LoginApi;

namespace Belay.Tests.Local;

public sealed class PasswordHashTests
{
    private const string Werkzeug = "pbkdf2:sha256:1000$b9dc784c3ae8c28f$8cb166227c4b44b54fe643738bb92ed16512bfbe420d2b077532263f28a0d27a";

    [Fact]
    public void Accepts_the_password_of_a_hash_made_elsewhere() => Assert.True(PasswordHash.Verify("testpass", Werkzeug));

    [Fact]
    public void Refuses_another_password() => Assert.False(PasswordHash.Verify("testpasS", Werkzeug));

    [Fact]
    public void Accepts_the_password_of_a_hash_of_its_own()
    {
        var hash = PasswordHash.Create("pässword$", 10);

        Assert.StartsWith("pbkdf2:sha256:10$", hash, StringComparison.Ordinal);
        Assert.True(PasswordHash.Verify("pässword$", hash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("testpass")]
    [InlineData("scrypt:32768:8:1$salt$00")]
    [InlineData("pbkdf2:sha256:x$salt$8cb166227c4b44b54fe643738bb92ed16512bfbe420d2b077532263f28a0d27a")]
    [InlineData("pbkdf2:sha256:0$salt$8cb166227c4b44b54fe643738bb92ed16512bfbe420d2b077532263f28a0d27a")]
    [InlineData("pbkdf2:sha256:10$salt$zz")]
    public void Refuses_a_hash_in_another_form(string hash) => Assert.False(PasswordHash.Verify("testpass", hash));
}
