# shellcheck shell=bash
# What the scripts of the action share. Sourced after `set -euo pipefail`.

# A value that cannot end the workflow command it stands in, nor begin one.
escaped() {
    local value="$1"
    value="${value//'%'/%25}"
    value="${value//$'\r'/%0D}"
    value="${value//$'\n'/%0A}"
    printf '%s' "$value"
}

# Says something on the page of the run: notice, warning or error.
say() {
    printf '::%s title=citecheck::%s\n' "$1" "$(escaped "$2")"
}

# Ends the step with an error.
fail() {
    say error "$1"
    exit 2
}

# Sets an output of the step; a line break in the value would begin another output.
output() {
    local value="${2//$'\r'/ }"
    printf '%s=%s\n' "$1" "${value//$'\n'/ }" >>"$GITHUB_OUTPUT"
}

# The lines of a value, without blank ones and the space around them.
lines() {
    local line
    while IFS= read -r line || [[ -n "$line" ]]; do
        line="${line#"${line%%[![:space:]]*}"}"
        line="${line%"${line##*[![:space:]]}"}"
        if [[ -n "$line" ]]; then printf '%s\n' "$line"; fi
    done <<<"$1"
}

# The SHA-256 of what comes in; macOS has another name for the program.
sha256() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# The file of a format, nothing for one that is unknown.
file_of_format() {
    awk -F '\t' -v name="$1" '!/^#/ && $1 == name { print $2 }' "${BASH_SOURCE[0]%/*}/formats.tsv"
}

# The formats that a list names, one on each line; JSON and Markdown are written anyway.
formats() {
    local name
    for name in ${1//,/ }; do
        case "$name" in
        json | markdown) ;;
        *) printf '%s\n' "$name" ;;
        esac
    done
}

# Whether the program writes a format: one that the `binary` input names may be older.
knows_format() {
    local help
    help="$("$CITECHECK" report --help | tr -s '[:space:]' ' ' |
        sed -n 's/.*--format <FORMAT>[^[]*\[default: [a-z]*\] \[possible values: \([^]]*\)\].*/, \1,/p')"
    [[ "$help" == *", $1,"* ]]
}
