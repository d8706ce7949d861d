# Finds the .NET SDK, chooses the package set once, compiles the build only when its inputs changed, and runs the build.
#
#   ./build.ps1 [Targets] [--parameter value]      UseStandIns=true|false in the environment forces the package set.
[CmdletBinding()]
param([Parameter(Position = 0, Mandatory = $false, ValueFromRemainingArguments = $true)][string[]]$BuildArguments)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$temp = Join-Path $root '.nuke/temp'
$state = Join-Path $temp 'bootstrap'
$packageSet = Join-Path $temp 'package-set.props'
$noPrecompiler = Join-Path $temp 'no-precompiler'
$project = Join-Path $root 'build/_build.csproj'

# No process may stay behind: build servers outlive the job of a CI runner.
$quietBuild = @('-nologo', '-verbosity:quiet', '-nodeReuse:false', '-p:UseSharedCompilation=false')

# Whoever runs a release need not wait for the analyzers, which take longer than the compiler: Compile and Test run them, on files of
# their own.
$toRun = @('-p:Configuration=Release', '-p:RunAnalyzers=false')

$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$env:NUKE_TELEMETRY_OPTOUT = '1'

function Stop-Bootstrap([string]$message, [string]$hint) {
    [Console]::Error.WriteLine($message)
    if ($hint) { [Console]::Error.WriteLine("Hint: $hint") }
    exit 1
}

# Names and contents of everything that the compiled build depends on.
function Get-Fingerprint {
    $files = @(Get-ChildItem -Path (Join-Path $root 'build'), (Join-Path $root 'src'), (Join-Path $root 'samples') -Recurse -File -ErrorAction SilentlyContinue |
        Where-Object { $_.FullName.Substring($root.Length) -notmatch '[\\/](bin|obj|node_modules)[\\/]' })
    $files += @(Get-ChildItem -Path $root -File -Force |
        Where-Object { $_.Name -match '\.(props|targets|txt|config)$' -or $_.Name -in '.editorconfig', 'global.json' })
    if (Test-Path $packageSet) { $files += Get-Item $packageSet }
    $lines = $files | Sort-Object FullName | ForEach-Object { "$($_.FullName) $((Get-FileHash -Algorithm SHA256 $_.FullName).Hash)" }
    $bytes = [Text.Encoding]::UTF8.GetBytes(($lines -join "`n"))
    $sha256 = [Security.Cryptography.SHA256]::Create()
    return [BitConverter]::ToString($sha256.ComputeHash($bytes)).Replace('-', '')
}

# The state's lines: the fingerprint of the last good compilation, its dotnet, and the assembly that it made.
function Get-CurrentBuild {
    if (-not ((Test-Path $state) -and (Test-Path $packageSet))) { return $null }
    $lines = @(Get-Content $state -Encoding UTF8)
    if ($lines.Count -lt 3 -or -not (Test-Path -LiteralPath $lines[1]) -or -not (Test-Path -LiteralPath $lines[2])) { return $null }
    if ($lines[0] -ne (Get-Fingerprint)) { return $null }
    if ($env:UseStandIns -and -not (Select-String -Quiet -SimpleMatch "<UseStandIns>$($env:UseStandIns)<" $packageSet)) { return $null }
    return @{ Dotnet = $lines[1]; Assembly = $lines[2] }
}

function Test-Dotnet([string]$dotnet) {
    if (-not (Get-Command $dotnet -ErrorAction SilentlyContinue)) { return $false }
    Push-Location $root
    try { & $dotnet --version *> $null; return $LASTEXITCODE -eq 0 } catch { return $false } finally { Pop-Location }
}

function Find-Dotnet {
    # dotnet --version fails when no installed SDK satisfies global.json.
    if (Test-Dotnet 'dotnet') { return (Get-Command 'dotnet').Source }
    $local = Join-Path $temp 'dotnet/dotnet.exe'
    if (Test-Dotnet $local) { return $local }
    [Console]::Error.WriteLine('No installed .NET SDK satisfies global.json: downloading one to .nuke/temp/dotnet')
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
        $installer = Join-Path $temp 'dotnet-install.ps1'
        (New-Object Net.WebClient).DownloadFile('https://dot.net/v1/dotnet-install.ps1', $installer)
        & $installer -JSonFile (Join-Path $root 'global.json') -InstallDir (Join-Path $temp 'dotnet') -NoPath | Out-Null
    }
    catch {
        Stop-Bootstrap "The .NET SDK that global.json names is not installed, and downloading it failed: $($_.Exception.Message)" `
            'install the .NET SDK 10 (https://dotnet.microsoft.com/download) and type the command again'
    }
    return $local
}

function Write-PackageSet([string]$useStandIns) {
    Set-Content -Path $packageSet -Value "<Project><PropertyGroup><UseStandIns>$useStandIns</UseStandIns></PropertyGroup></Project>"
}

function Restore-Package([string]$dotnet, [string]$useStandIns) {
    [Console]::Error.WriteLine('Restoring the packages of the build ...')
    & $dotnet restore $project @quietBuild "-p:UseStandIns=$useStandIns" | Out-String
}

# Asked once: whether the registry has Nuke.Common. An unreachable registry is no answer.
function Select-PackageSet([string]$dotnet) {
    if ($env:UseStandIns) {
        if ($env:UseStandIns -notin 'true', 'false') { Stop-Bootstrap "UseStandIns in the environment is '$($env:UseStandIns)'; it takes true or false." }
        Write-PackageSet $env:UseStandIns
        return
    }
    if (Test-Path $packageSet) { return }

    $output = Restore-Package $dotnet 'false'
    if ($LASTEXITCODE -eq 0) {
        Write-PackageSet 'false'
    }
    elseif ($output -match 'NU110[12].*Nuke\.Common') {
        [Console]::Error.WriteLine('Nuke.Common is not on this registry: building with the stand-in')
        Write-PackageSet 'true'
        $null = Restore-Package $dotnet 'true' # what is wrong, the compiler says
    }
    else {
        [Console]::Error.WriteLine($output)
        Stop-Bootstrap 'The packages of build/_build.csproj could not be restored.' 'check the network and NuGet.Config, or set UseStandIns=true'
    }
}

function Invoke-Compiler([string]$dotnet, [bool]$precompile, [string]$folder) {
    & $dotnet build $project @quietBuild @toRun "-p:OutputFolder=$folder" "-p:Precompile=$($precompile.ToString().ToLowerInvariant())" '-target:Build' '-getProperty:TargetPath'
}

function Invoke-Compilation([string]$dotnet) {
    [Console]::Error.WriteLine('Compiling the build ...')
    if (Test-Path $state) { Remove-Item $state }
    $inputs = Get-Fingerprint

    # A build that still runs keeps its folder: Windows renames none with a file in use.
    $folder = "run-$($inputs.Substring(0, 16).ToLowerInvariant())"
    foreach ($left in @(Get-ChildItem -Path (Join-Path $root 'build/bin/run-*') -Directory -ErrorAction SilentlyContinue)) {
        try { Rename-Item -LiteralPath $left.FullName -NewName "gone-$($left.Name)" } catch [IO.IOException] { continue }
        Remove-Item -Recurse -Force -LiteralPath (Join-Path $left.Parent.FullName "gone-$($left.Name)")
    }

    # The project says where its assembly lies: the packages have a say in it. Errors come on the other stream.
    try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding($false) } catch [IO.IOException] { $null = $_ } # no console
    $output = @(Invoke-Compiler $dotnet (-not (Test-Path $noPrecompiler)) $folder)
    if ($LASTEXITCODE -ne 0 -and -not (Test-Path $noPrecompiler)) {
        # With the precompiler every command starts faster; it is asked for once.
        $output = @(Invoke-Compiler $dotnet $false $folder)
        if ($LASTEXITCODE -eq 0) {
            [Console]::Error.WriteLine('The precompiler of .NET could not be loaded: each command takes a little longer to start')
            $null = New-Item -ItemType File -Force $noPrecompiler
        }
    }
    if ($LASTEXITCODE -ne 0) { Stop-Bootstrap 'build/_build.csproj could not be compiled.' }
    $assembly = if ($output) { "$($output[-1])".Trim() } else { '' }
    if (-not ($assembly -and (Test-Path -LiteralPath $assembly))) {
        Stop-Bootstrap "build/_build.csproj was compiled, but there is no assembly where it says: '$assembly'"
    }
    Set-Content -Path $state -Encoding UTF8 -Value $inputs, $dotnet, $assembly
    return @{ Dotnet = $dotnet; Assembly = $assembly }
}

$build = Get-CurrentBuild
if (-not $build) {
    New-Item -ItemType Directory -Force -Path $temp | Out-Null

    # Two builds at once must not write the same files.
    $sha256 = [Security.Cryptography.SHA256]::Create()
    $name = [BitConverter]::ToString($sha256.ComputeHash([Text.Encoding]::UTF8.GetBytes($root))).Replace('-', '')
    $mutex = New-Object Threading.Mutex($false, "Local\Belay-$name")
    try { $null = $mutex.WaitOne() } catch [Threading.AbandonedMutexException] { $null = $_ }
    try {
        $build = Get-CurrentBuild
        if (-not $build) {
            $dotnet = Find-Dotnet
            Push-Location $root
            try {
                Select-PackageSet $dotnet
                $build = Invoke-Compilation $dotnet
            }
            finally { Pop-Location }
        }
    }
    finally { $mutex.ReleaseMutex() }
}

$env:DOTNET_EXE = $build.Dotnet
& $build.Dotnet $build.Assembly @BuildArguments
exit $LASTEXITCODE
