using Belay.Settings;

namespace Belay.Tests.Settings;

public sealed class HttpAddressTests
{
    [Theory]
    [InlineData(" https://shop.example.com/login ", "https://shop.example.com/login")]
    [InlineData("http://localhost:8080", "http://localhost:8080/")]
    public void Reads_an_address(string text, string address) => Assert.Equal(address, HttpAddress.Read("SMOKE_URL", text).AbsoluteUri);

    [Theory]
    [InlineData("ftp://shop.example.com")]
    [InlineData("/login")]
    [InlineData("shop.example.com")]
    [InlineData("")]
    public void Refuses_what_is_no_address_of_a_web_server(string text)
        => Assert.Equal("SMOKE_URL is no address that starts with https:// or http://", Fault(text));

    [Fact]
    public void Refuses_a_user_in_the_address()
        => Assert.Equal(
            "SMOKE_URL holds a user: name and password have settings of their own", Fault("https://ann:s3cret@shop.example.com"));

    private static string Fault(string text) => Assert.Throws<SettingsException>(() => HttpAddress.Read("SMOKE_URL", text)).Message;
}
