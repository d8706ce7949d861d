using System.Security.Cryptography;
using Build.Tests.Support;

namespace Build.Tests.Docs;

/// <summary>The commands of docs/records.md.</summary>
public sealed class RecordsPageTests(ReleaseWorld world)
{
    [Fact]
    [Walks("records.md", "Where they are")]
    public Task Where_they_are() => Walk.RunAsync(world, async walk =>
    {
        (await walk.Release.EndAsync("Migrate")).MustExitWith(0);
        walk.Environment["DATABASE_URL"] = null;
        walk.Fill("shop", walk.Release.Database);

        (await walk.TypeAsync("./build.sh Status --releases --database shop")).MustExitWith(0)
            .MustPrint($"Releases of {walk.Release.Database}: 1");
    });

    [Fact]
    [Walks("records.md", "Sealed")]
    public Task Sealed() => Walk.RunAsync(world, async walk =>
    {
        walk.Fill("shop", walk.Release.Database);
        walk.Environment["RECORD_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        (await walk.ShellAsync("./build.sh Migrate")).MustExitWith(0);

        var whole = (await walk.TypeAsync("./build.sh VerifyRecords")).MustExitWith(0).MustPrint("each as it was stored, 1 signed");
        var line = whole.Output.Split('\n').First(text => text.Contains("Public key sha256:", StringComparison.Ordinal));
        walk.Environment["PUBLIC_KEY"] = line.Split(' ')[^1].Trim();
        walk.Environment.Remove("RECORD_KEY");
        (await walk.TypeAsync("./build.sh VerifyRecords --database shop --record-public-key \"$PUBLIC_KEY\"")).MustExitWith(0)
            .MustPrint("1 signed");

        File.Copy(walk.Release.StoredRecords[0], Path.Combine(walk.Release.Root, "record.json"));
        (await walk.TypeAsync("head -n -2 record.json | sed '$ s/,$//' > signed; echo '}' >> signed")).MustExitWith(0);
        (await walk.TypeAsync(
            """sed -n 's/^  "seal": .*"signature":"\([^"]*\)".*/\1/p' record.json | openssl base64 -d -A > signature""")).MustExitWith(0);
        (await walk.TypeAsync("echo \"$PUBLIC_KEY\" | openssl base64 -d -A | openssl pkey -pubin -inform DER -out key.pem"))
            .MustExitWith(0);
        (await walk.TypeAsync("openssl dgst -sha256 -verify key.pem -signature signature signed")).MustExitWith(0).MustPrint("Verified OK");
    });
}
