#!/usr/bin/env bash
# Looks at the inputs before anything is installed, and says where everything lies.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)"

for name in HISTORY UPDATE_BASELINE ANNOTATIONS SUMMARY SARIF; do
    variable="INPUT_$name"
    shown="$(tr '[:upper:]_' '[:lower:]-' <<<"$name")"
    case "${!variable}" in
    true | false) ;;
    *) fail "the input $shown is «${!variable}»; give true or false" ;;
    esac
done

inputs="$(lines "$INPUT_INPUTS")"
reports="$(lines "$INPUT_REPORTS")"
if [[ -z "$inputs" && -z "$reports" ]]; then
    fail "nothing to check; name articles or their folder in the input \`inputs\`"
fi
if [[ -n "$inputs" && -n "$reports" ]]; then
    fail "the inputs \`inputs\` and \`reports\` exclude each other: reports are put together, not checked"
fi
if [[ "$INPUT_UPDATE_BASELINE" == true && -z "$INPUT_BASELINE" ]]; then
    fail "update-baseline needs the file in the input \`baseline\`"
fi
while IFS= read -r format; do
    if [[ -z "$(file_of_format "$format")" ]]; then
        fail "there is no format «$format»; formats: $(awk -F '\t' '!/^#/ { printf "%s%s", gap, $1; gap = ", " }' "${BASH_SOURCE[0]%/*}/formats.tsv")"
    fi
done < <(formats "$INPUT_FORMATS")
if [[ ! "$INPUT_TRACKING_ISSUE" =~ ^[A-Za-z0-9._-]*$ ]]; then
    fail "the name of the tracking issue may hold letters, digits, «.», «_» and «-» only"
fi

reports_folder="$(mktemp -d "$RUNNER_TEMP/citecheck-reports.XXXXXX")"
output reports "$reports_folder"

# The same name must not fetch what another workflow or job keeps.
scope="$(tr -cs 'A-Za-z0-9._-' '-' <<<"$CACHE_SCOPE")"
output history-key "citecheck-history-${scope%-}-"

if [[ -n "$INPUT_BINARY" ]]; then
    program="$(command -v -- "$INPUT_BINARY")" || fail "the binary «$INPUT_BINARY» cannot be run"
    output program "$program"
    exit 0
fi
program_folder="$RUNNER_TEMP/citecheck-program"
case "$RUNNER_OS" in
Windows) output program "$program_folder/bin/citecheck.exe" ;;
*) output program "$program_folder/bin/citecheck" ;;
esac
output program-folder "$program_folder"
digest="$(cd "$root" && find src Cargo.toml Cargo.lock -type f -print0 | LC_ALL=C sort -z |
    xargs -0 cat | sha256)"
output program-key "citecheck-program-$RUNNER_OS-$RUNNER_ARCH-$digest"
