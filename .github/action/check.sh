#!/usr/bin/env bash
# Checks the articles once and keeps the JSON report, from which all others are written. Findings do
# not end this step: end.sh does, when all reports are kept.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

# shellcheck disable=SC2153 # from the step's environment
report="$REPORTS/report.json"
said="$(mktemp "$RUNNER_TEMP/citecheck-said.XXXXXX")"

while IFS= read -r format; do
    knows_format "$format" || fail "this citecheck ($("$CITECHECK" --version)) has no format «$format»"
done < <(formats "$INPUT_FORMATS")

# Quotation marks hold words together as in a shell, and nothing is expanded or run.
more=()
if [[ -n "$INPUT_ARGS" ]]; then
    words="$(xargs -n 1 printf '%s\n' <<<"$INPUT_ARGS")" || fail "the input \`args\` has an open quotation mark"
    while IFS= read -r word; do
        more+=("$word")
    done < <(lines "$words")
fi
settings=()
if [[ -n "$INPUT_CONFIG" ]]; then settings+=(--config "$INPUT_CONFIG"); fi
if [[ -n "$INPUT_FAIL_ON" ]]; then settings+=(--fail-on "$INPUT_FAIL_ON"); fi

known=()
if [[ -n "$INPUT_BASELINE" ]]; then known+=(--baseline "$INPUT_BASELINE"); fi
if [[ "$INPUT_UPDATE_BASELINE" == true ]]; then known+=(--update-baseline); fi

# What citecheck prints holds the text of strangers: until the token comes, nothing in it is a
# command to the runner. citecheck sees to that itself; this holds whatever it prints.
silence() {
    token="$(od -An -N 16 -tx1 /dev/urandom | tr -d ' \n')"
    echo "::stop-commands::$token"
}

# Runs citecheck so that an end asked for by the runner reaches it and it reports what is done.
run() {
    silence
    local process="" asked=false
    trap 'asked=true; kill -TERM $process 2>/dev/null || true' INT TERM
    "$CITECHECK" "$@" 2>"$said" &
    process=$!
    if [[ "$asked" == true ]]; then kill -TERM "$process" 2>/dev/null || true; fi
    # A signal ends `wait` before the process has ended.
    while true; do
        asked=false status=0
        wait "$process" || status=$?
        [[ "$asked" == true ]] || break
    done
    trap - INT TERM
    cat "$said"
    echo "::$token::"
}

check() {
    local args=(check --color always --output "json=$report")
    args+=(${settings[@]+"${settings[@]}"})
    if [[ -n "$INPUT_LANGUAGE" ]]; then args+=(--language "$INPUT_LANGUAGE"); fi
    if [[ -n "$INPUT_MAX_DURATION" ]]; then args+=(--max-duration "$INPUT_MAX_DURATION"); fi
    if [[ "$INPUT_HISTORY" == true ]]; then
        mkdir -p .citecheck
        args+=(--history .citecheck/history.db)
    fi
    args+=(${known[@]+"${known[@]}"})
    local inputs=() input
    while IFS= read -r input; do inputs+=("$input"); done < <(lines "$INPUT_INPUTS")
    # After the two dashes nothing is an option, whatever a file is called.
    run "${args[@]}" ${more[@]+"${more[@]}"} -- "${inputs[@]}"
}

put_together() {
    local saved=() pattern path before
    while IFS= read -r pattern; do
        before="${#saved[@]}"
        while IFS= read -r path; do saved+=("$path"); done < <(compgen -G "$pattern" | LC_ALL=C sort)
        [[ "$before" -lt "${#saved[@]}" ]] || fail "no report is named «$pattern»"
    done < <(lines "$INPUT_REPORTS")
    run report --color always --output "json=$report" \
        ${known[@]+"${known[@]}"} ${more[@]+"${more[@]}"} -- "${saved[@]}"
}

# The severity from which on a run fails; with `never`, errors are what an issue is about.
in_force="$("$CITECHECK" check --print-config ${settings[@]+"${settings[@]}"} 2>"$said")" ||
    fail "$(tail -n 1 "$said")"
fail_on="$(sed -n 's/^fail-on = "\(.*\)"$/\1/p' <<<"$in_force")"

if [[ -n "$INPUT_REPORTS" ]]; then put_together; else check; fi
# The last thing said, without colours: after a failure, the reason.
reason="$(sed $'s/\033\\[[0-9;]*m//g' "$said" | awk 'NF { last = $0 } END { print last }')"

partial=true whole=false failing=0
if [[ -s "$report" ]]; then
    output report-json "$report"
    # Once: a report of thousands of references is long.
    counts="$(jq -r '[(.counts.severities | .error // 0, .warning // 0, .note // 0),
        .counts.rules["dead-link"] // 0, .counts.todo,
        (.run.partial or .run.trouble != null),
        (.run.shard == null and .run.limited_to == null),
        .counts.baselined // 0, ([.articles[].findings | length] | add // 0)] | @tsv' "$report")"
    IFS=$'\t' read -r errors warnings notes dead translate partial whole baselined found <<<"$counts"
    output errors "$errors"
    output warnings "$warnings"
    output notes "$notes"
    output dead "$dead"
    output translate "$translate"
    # The settings can name a baseline as well.
    if [[ -n "$INPUT_BASELINE" || "$baselined" != 0 ]]; then output new "$found"; fi
    case "$fail_on" in
    warning) failing=$((errors + warnings)) ;;
    *) failing="$errors" ;;
    esac
    if [[ "$partial" == true ]]; then whole=false; fi
    # Putting together finds nothing of its own; what was found fails the run all the same.
    if [[ -n "$INPUT_REPORTS" && "$status" == 0 && "$fail_on" != never ]]; then
        if [[ 0 -lt "$failing" ]]; then
            status=1
        elif [[ "$partial" == true ]]; then
            status=2 reason="the run is partial: not every link was asked"
        fi
    fi
fi
output partial "$partial"
output whole "$whole"
output failing "$failing"
output reason "$reason"
output exit-status "$status"
