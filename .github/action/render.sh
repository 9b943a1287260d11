#!/usr/bin/env bash
# Writes the reports from the JSON report, annotates, and fills the job summary.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

# GitHub takes 1 MiB of a step's summary and shows nothing of a longer one.
SUMMARY_BYTES=1000000

report="$REPORTS/report.json"
markdown="$REPORTS/report.md"
wanted="$(formats "$INPUT_FORMATS")"
if [[ "$INPUT_SARIF" == true ]]; then
    if knows_format sarif; then
        wanted="$(printf '%s\nsarif\n' "$wanted" | sort -u)"
    else
        say warning "this citecheck has no format sarif; nothing is uploaded to code scanning"
    fi
fi

files=(--output "markdown=$markdown")
while IFS= read -r format; do
    if [[ -n "$format" ]]; then files+=(--output "$format=$REPORTS/$(file_of_format "$format")"); fi
done <<<"$wanted"

if [[ "$INPUT_ANNOTATIONS" == true ]] && knows_format github; then
    "$CITECHECK" report "$report" "${files[@]}" --format github
else
    "$CITECHECK" report "$report" "${files[@]}" --format markdown >/dev/null
fi
output report-markdown "$markdown"
if [[ -f "$REPORTS/report.html" ]]; then output report-html "$REPORTS/report.html"; fi
if [[ -f "$REPORTS/report.sarif" ]]; then output sarif "$REPORTS/report.sarif"; fi

if [[ "$INPUT_SUMMARY" == true ]]; then
    jq -Rjs --argjson room "$SUMMARY_BYTES" --arg unit bytes --arg artifact "$INPUT_ARTIFACT" \
        -f "${BASH_SOURCE[0]%/*}/cut.jq" "$markdown" >>"$GITHUB_STEP_SUMMARY"
fi
