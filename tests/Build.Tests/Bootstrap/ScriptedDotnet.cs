namespace Build.Tests.Bootstrap;

/// <summary>A repository with nothing but <c>build.sh</c> and sources, and a <c>dotnet</c> that writes
/// down its calls and answers as told.</summary>
internal sealed class ScriptedDotnet : IDisposable
{
    private const string Program =
        """
        #!/usr/bin/env bash
        basename -- "$1" >>"$ANSWERS/calls"
        case "$1" in
          --version) exit 0 ;;
          restore) cat "$ANSWERS/restore.out"; exit "$(cat "$ANSWERS/restore.code")" ;;
          build)
            touch "$ANSWERS/compiling"
            while [[ -e "$ANSWERS/hold" ]]; do sleep 0.05; done
            [[ ! -e "$ANSWERS/silent" ]] || exit 0
            [[ ! -e "$ANSWERS/precompiler.out" || "$*" != *" -p:Precompile=true "* ]] || { cat "$ANSWERS/precompiler.out" >&2; exit 1; }
            [[ ! -e "$ANSWERS/build.out" ]] || { cat "$ANSWERS/build.out" >&2; exit 1; }
            arguments="$*"
            folder="${arguments##*-p:OutputFolder=}"
            folder="$PWD/build/bin/${folder%% *}/$(cat "$ANSWERS/output.folder")"
            mkdir -p "$folder" && echo assembly >"$folder/_build.dll"
            options=" -p:Configuration=Release -p:RunAnalyzers=false -p:OutputFolder=run-[0-9a-f]{16}(-[0-9]+)? -p:Precompile=(true|false) -target:Build -getProperty:TargetPath$"
            [[ ! "$*" =~ $options ]] || echo "$folder/_build.dll" ;;
          *)
            touch "$ANSWERS/running"
            while [[ -e "$ANSWERS/hold.run" ]]; do sleep 0.05; done
            shift
            printf '<%s>' "$@"; echo; exit "$(cat "$ANSWERS/run.code")" ;;
        esac

        """;

    private readonly string temp = TestFolder.NewOutside("bootstrap");

    public ScriptedDotnet()
    {
        Root = Directory.CreateDirectory(Path.Combine(temp, "a folder with spaces")).FullName;
        Directory.CreateDirectory(Answers);
        Directory.CreateDirectory(Path.Combine(Root, "build"));
        Directory.CreateDirectory(Path.Combine(Root, "src"));
        File.Copy(Support.Repository.BuildScript, Script);
        File.WriteAllText(Path.Combine(Root, "global.json"), "{}");
        File.WriteAllText(Path.Combine(Root, "src", "Part.cs"), "class Part;");
        Answer("restore.code", "0");
        Answer("restore.out", string.Empty);
        Answer("run.code", "0");
        Answer("output.folder", "Release/net10.0");
        ShellProgram.Write(Path.Combine(temp, "bin"), "dotnet", Program);
    }

    /// <summary>The repository.</summary>
    public string Root { get; }

    /// <summary>Its script.</summary>
    public string Script => Path.Combine(Root, "build.sh");

    /// <summary>The file with the choice of packages.</summary>
    public string PackageSet => Path.Combine(Root, ".nuke", "temp", "package-set.props");

    private string Answers => Path.Combine(temp, "answers");

    /// <summary>The first words of the calls since the last time this was asked.</summary>
    public string TakeCalls()
    {
        var file = Path.Combine(Answers, "calls");
        var calls = File.Exists(file) ? File.ReadAllLines(file) : [];
        var text = string.Join(' ', calls.Where(call => call is "restore" or "build" or "_build.dll"));
        File.Delete(file);
        return text;
    }

    /// <summary>Sets what the program answers.</summary>
    public void Answer(string name, string text) => File.WriteAllText(Path.Combine(Answers, name), text);

    /// <summary>Withdraws an answer.</summary>
    public void Withdraw(string name) => File.Delete(Path.Combine(Answers, name));

    /// <summary>Whether the program was asked to compile.</summary>
    public bool IsCompiling => File.Exists(Path.Combine(Answers, "compiling"));

    /// <summary>Whether the compiled build was started.</summary>
    public bool IsRunning => File.Exists(Path.Combine(Answers, "running"));

    /// <summary>The folders that the compiled builds lie in.</summary>
    public IReadOnlyList<string> Compiled() => Directory.GetDirectories(Path.Combine(Root, "build", "bin"), "run-*");

    /// <summary>The command lines of the programs that still run.</summary>
    public IReadOnlyList<string> Running() => Support.ProcessLines.Of(Path.Combine(temp, "bin"));

    /// <summary>The command line as a user types it.</summary>
    public Support.BuildCommand Command(params string[] arguments) => new()
    {
        Script = Script,
        Arguments = arguments,
        Folder = temp,
        Environment = new Dictionary<string, string?>
        {
            ["PATH"] = $"{Path.Combine(temp, "bin")}:/usr/local/bin:/usr/bin:/bin",
            ["ANSWERS"] = Answers,
            ["UseStandIns"] = null,
        },
    };

    /// <summary>Runs the script to its end.</summary>
    public async Task<Support.BuildOutcome> RunAsync(params string[] arguments)
    {
        using var running = Support.RunningBuild.Start(Command(arguments));
        return await running.EndAsync(Token);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(temp, recursive: true);
}
