#!/usr/bin/env bash
# One step of a release on a runner: gets the tool, then the PostgreSQL client of the server's version, then runs one target.
# action.yml runs this file; the templates for Azure Pipelines and GitLab hold the same lines, because they are included without it.
# Everything comes in variables BELAY_STEP_…; the target is one word, so that nobody can hand in an option with it.
set -euo pipefail

target="${BELAY_STEP_TARGET:-Migrate}"
if [[ ! "$target" =~ ^[A-Za-z][A-Za-z-]*$ ]]; then
  echo "The input target is no name of a target. Hint: belay --help lists them" >&2
  exit 2
fi

if [[ -n "${BELAY_STEP_DATABASE_URL:-}" ]]; then export DATABASE_URL="$BELAY_STEP_DATABASE_URL"; fi
if [[ -n "${BELAY_STEP_STORE:-}" ]]; then export BACKUP_STORE="$BELAY_STEP_STORE"; fi
unset BELAY_STEP_DATABASE_URL BELAY_STEP_STORE

tools="${RUNNER_TEMP:-${AGENT_TEMPDIRECTORY:-$PWD/.belay}}/belay-tool"
options=()
if [[ -n "${BELAY_STEP_SOURCE:-}" ]]; then options+=(--add-source "$BELAY_STEP_SOURCE"); fi
if [[ -z "${BELAY_STEP_VERSION:-}" ]] && grep -qi '"belay\.tool"' .config/dotnet-tools.json dotnet-tools.json 2>/dev/null; then
  dotnet tool restore ${options[@]+"${options[@]}"}
  belay=(dotnet belay)
else
  if [[ -n "${BELAY_STEP_VERSION:-}" ]]; then options+=(--version "$BELAY_STEP_VERSION"); else options+=(--prerelease); fi
  [[ -x "$tools/belay" ]] || dotnet tool install Belay.Tool --tool-path "$tools" ${options[@]+"${options[@]}"}
  belay=("$tools/belay")
fi

arguments=()
if [[ -n "${BELAY_STEP_MIGRATIONS:-}" ]]; then arguments+=(--migrations "$BELAY_STEP_MIGRATIONS"); fi
if [[ -n "${BELAY_STEP_TARGET_VERSION:-}" ]]; then arguments+=(--target-version "$BELAY_STEP_TARGET_VERSION"); fi
if [[ "${BELAY_STEP_DRY_RUN:-false}" == true ]]; then arguments+=(--dry-run); fi

# Without a database, as CleanupBackups is run, there is no version to ask for.
if [[ "${BELAY_STEP_INSTALL_CLIENT:-true}" == true && -n "${DATABASE_URL:-}" ]]; then "${belay[@]}" install-client; fi
"${belay[@]}" "$target" ${arguments[@]+"${arguments[@]}"}
