#!/usr/bin/env bash
# Finds the .NET SDK, chooses the package set once, compiles the build only when its inputs changed, and becomes the build.
#
#   ./build.sh [Targets] [--parameter value]      UseStandIns=true|false in the environment forces the package set.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
temp="$root/.nuke/temp"
state="$temp/bootstrap"
package_set="$temp/package-set.props"
project="$root/build/_build.csproj"
no_precompiler="$temp/no-precompiler"
answers="$temp/bootstrap-answers.txt"
errors="$temp/bootstrap-errors.txt"

# No process may stay behind: build servers outlive the job of a CI runner.
quiet_build=(-nologo -verbosity:quiet -nodeReuse:false -p:UseSharedCompilation=false)

# Whoever runs a release need not wait for the analyzers, which take longer than the compiler: Compile and Test run them, on files of
# their own.
to_run=(-p:Configuration=Release -p:RunAnalyzers=false)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NUKE_TELEMETRY_OPTOUT=1

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$1"
  [[ -z "${2:-}" ]] || say "Hint: $2"
  exit 1
}

sha256() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

child=''

# A signal ends what the bootstrap runs, too: it would go on for minutes and keep the lock.
stop() {
  trap '' INT TERM HUP
  if [[ -n "$child" ]]; then
    kill -TERM -- "-$child" 2>/dev/null || true
    for _ in {1..100}; do
      kill -0 -- "-$child" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$child" 2>/dev/null || true
    { wait "$child" || true; } 2>/dev/null
  fi
  exit "$1"
}

# Runs a program in a group of processes of its own, what it prints in two files, so that a signal is heard meanwhile.
run() {
  local code=0
  set -m
  (cd "$root" && exec "$@") </dev/null >"$answers" 2>"$errors" &
  child=$!
  set +m
  wait "$child" || code=$?
  child=''
  return "$code"
}

# Finds the files that the compiled build depends on, and does with each what its arguments say.
sources() {
  find build src samples \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f "$@" 2>/dev/null
  find . -maxdepth 1 -type f \( -name '*.props' -o -name '*.targets' -o -name '*.txt' -o -name '*.config' \
    -o -name .editorconfig -o -name global.json \) "$@"
  [[ ! -f .nuke/temp/package-set.props ]] || find .nuke/temp/package-set.props "$@"
}

# Names and contents of all of them.
fingerprint() {
  {
    command -v dotnet || true
    cd "$root"
    sources -print0 | LC_ALL=C sort -z | xargs -0 "$(command -v sha256sum || command -v shasum)"
  } | sha256 | cut -d ' ' -f 1
}

# What the file system notes of them, which is told many times as fast: name, number, size, and the time of the last change, which nobody
# can set. Nothing where find cannot tell it.
stamp() {
  find "$root" -maxdepth 0 -printf '' 2>/dev/null || return 0
  {
    command -v dotnet || true
    cd "$root"
    sources -printf '%p %i %s %C@\n' | LC_ALL=C sort
  } | sha256 | cut -d ' ' -f 1
}

# The state's lines: the fingerprint of the last good compilation, its dotnet, the assembly that it made, and the stamp of its files.
write_state() {
  printf '%s\n' "$@" >"$state.$$" && mv -f "$state.$$" "$state"
}

is_current() {
  [[ -f "$state" && -f "$package_set" ]] || return 1
  local built_from built_with built stamped now
  { read -r built_from && read -r built_with && read -r built; } <"$state" || return 1
  stamped="$(sed -n 4p "$state")"
  [[ -x "$built_with" && -f "$built" ]] || return 1
  [[ -z "${UseStandIns:-}" ]] || grep -q "<UseStandIns>$UseStandIns<" "$package_set" || return 1
  now="$(stamp)"
  if [[ -z "$now" || "$stamped" != "$now" ]]; then
    [[ "$built_from" == "$(fingerprint)" ]] || return 1
    # Touched, and as it was.
    [[ -z "$now" || ! -w "$temp" ]] || write_state "$built_from" "$built_with" "$built" "$now" || true
  fi
  dotnet="$built_with" assembly="$built"
}

# The .NET command line and NuGet keep their files below HOME.
prepare_home() {
  if [[ -z "${HOME:-}" || ! -w "$HOME" ]]; then
    mkdir -p "$temp/home" 2>/dev/null || return 0
    export HOME="$temp/home"
  fi
}

find_dotnet() {
  # dotnet --version fails when no installed SDK satisfies global.json.
  dotnet="$(command -v dotnet || true)"
  if [[ -n "$dotnet" ]] && (cd "$root" && "$dotnet" --version) >/dev/null 2>&1; then
    return
  fi

  dotnet="$temp/dotnet/dotnet"
  if [[ -x "$dotnet" ]] && (cd "$root" && "$dotnet" --version) >/dev/null 2>&1; then
    return
  fi

  say "No installed .NET SDK satisfies global.json: downloading one to .nuke/temp/dotnet"
  download_dotnet || fail "The .NET SDK that global.json names is not installed, and downloading it failed." \
    "install the .NET SDK 10 (https://dotnet.microsoft.com/download) and type the command again"
}

download_dotnet() {
  local installer="$temp/dotnet-install.sh" address=https://dot.net/v1/dotnet-install.sh
  if command -v curl >/dev/null; then
    curl -fsSL --retry 2 -o "$installer" "$address" || return 1
  else
    wget -q -O "$installer" "$address" || return 1
  fi

  bash "$installer" --jsonfile "$root/global.json" --install-dir "$temp/dotnet" --no-path >&2
}

write_package_set() {
  printf '<Project><PropertyGroup><UseStandIns>%s</UseStandIns></PropertyGroup></Project>\n' "$1" >"$package_set.$$"
  mv -f "$package_set.$$" "$package_set"
}

restore_packages() {
  say "Restoring the packages of the build …"
  run "$dotnet" restore "$project" "${quiet_build[@]}" "-p:UseStandIns=$1"
}

# Asked once: whether the registry has Nuke.Common. An unreachable registry is no answer.
choose_package_set() {
  case "${UseStandIns:-}" in
    true | false) write_package_set "$UseStandIns" && return ;;
    "") [[ ! -f "$package_set" ]] || return 0 ;;
    *) fail "UseStandIns in the environment is '$UseStandIns'; it takes true or false." ;;
  esac

  if restore_packages false; then
    write_package_set false
  elif cat "$answers" "$errors" | grep -E 'NU110[12].*Nuke\.Common' >/dev/null; then
    say "Nuke.Common is not on this registry: building with the stand-in"
    write_package_set true
    restore_packages true || true # what is wrong, the compiler says
  else
    say "$(cat "$answers" "$errors")"
    fail "The packages of build/_build.csproj could not be restored." \
      "check the network and NuGet.Config, or type UseStandIns=true ./build.sh …"
  fi
}

# Two builds at once must not write the same files.
lock() {
  if command -v flock >/dev/null; then
    exec 9>"$temp/bootstrap.lock"
    if ! flock -n 9; then
      say "Another ./build.sh is compiling: waiting for it"
      flock 9
    fi
  else
    lock_folder
  fi
}

lock_folder() {
  local folder="$temp/bootstrap.lock.d" owner
  until mkdir "$folder" 2>/dev/null; do
    owner="$(cat "$folder/pid" 2>/dev/null || true)"
    if [[ -n "$owner" ]] && ! kill -0 "$owner" 2>/dev/null; then
      say "Taking over the lock of process $owner, which is gone"
      rm -rf "$folder"
    else
      sleep 0.2
    fi
  done

  echo $$ >"$folder/pid"
  trap 'rm -rf "$temp/bootstrap.lock.d"' EXIT
}

unlock() {
  if command -v flock >/dev/null; then
    exec 9>&-
  else
    rm -rf "$temp/bootstrap.lock.d"
    trap - EXIT
  fi
}

# The project says where its assembly lies: the packages have a say in it. Errors come on the other stream.
# LC_ALL=C has a path printed as it is, whatever the terminal's encoding.
compile_once() {
  run env LC_ALL=C "$dotnet" build "$project" "${quiet_build[@]}" "${to_run[@]}" "-p:OutputFolder=$2" "-p:Precompile=$1" \
    -target:Build -getProperty:TargetPath
}

# With the precompiler every command starts faster. A registry that does not have it is asked once; one that gives no answer, again.
compile_build() {
  if [[ -e "$no_precompiler" ]]; then
    compile_once false "$1"
  elif ! compile_once true "$1"; then
    local fault
    fault="$(cat "$answers" "$errors")"
    [[ "$fault" == *"error NU1"* ]] && compile_once false "$1" || return 1
    if [[ "$fault" =~ NU110[12].*Crossgen2 ]]; then
      say "The precompiler of .NET is not on this registry: each command takes a little longer to start"
      touch "$no_precompiler"
    else
      say "The precompiler of .NET could not be loaded: each command takes a little longer to start"
    fi
  fi
}

# A build that still runs keeps its folder: it loads most of its files when it needs them first, also behind a COMMIT.
remove_compiled() {
  local folder
  for folder in "$root"/build/bin/run-*; do
    is_running "$folder/" || rm -rf "$folder"
  done
}

is_running() {
  if [[ -d /proc/self ]]; then
    grep -aqsF -- "$1" /proc/[0-9]*/cmdline
  else
    ps -Ao args | grep -F -- "$1" | grep -qvF 'grep -F'
  fi
}

compile() {
  if [[ -n "${TMPDIR:-}" && ! -d "$TMPDIR" ]]; then
    say "TMPDIR names $TMPDIR, which is no folder; the compiler needs one."
    say "Hint: mkdir -p '$TMPDIR', or unset TMPDIR"
    exit 3
  fi

  say "Compiling the build …"
  rm -f "$state"

  local inputs noted folder output
  noted="$(stamp)"
  inputs="$(fingerprint)"
  remove_compiled
  folder="run-${inputs:0:16}"
  [[ ! -e "$root/build/bin/$folder" ]] || folder="$folder-$$" # the same sources, and a build of them still runs
  if ! compile_build "$folder"; then
    say "$(cat "$errors")"
    fail "build/_build.csproj could not be compiled."
  fi

  output="$(cat "$answers")"
  [[ -n "$output" ]] || fail "build/_build.csproj could not be compiled: the compiler stopped before it was done." "type the command again"
  assembly="${output##*$'\n'}"
  [[ -f "$assembly" ]] || fail "build/_build.csproj was compiled, but there is no assembly where it says: '$assembly'"
  write_state "$inputs" "$dotnet" "$assembly" "$noted"
}

bootstrap() {
  mkdir -p "$temp" 2>/dev/null && [[ -w "$temp" ]] || fail "The folder $temp can't be written by $(id -un)." \
    "give it to that user, or clone the repository as that user"
  trap 'stop 130' INT
  trap 'stop 143' TERM
  trap 'stop 129' HUP
  lock
  if ! is_current; then
    find_dotnet
    choose_package_set
    is_current || compile
  fi
  unlock
  trap - INT TERM HUP
}

dotnet='' assembly=''
prepare_home
is_current || bootstrap

export DOTNET_EXE="$dotnet"
exec "$dotnet" "$assembly" "$@"
