#!/usr/bin/env bash
# Keeps one issue with the findings: opened, updated in place, closed when nothing is left, opened
# again when something comes back.
#
# It is known by a comment that nobody sees at the beginning of its text and by its author, who is
# whoever this token speaks for: strangers can write the comment, but not as that author, and a
# title or label that somebody changed is left alone. One that people closed as "not planned" is
# kept up to date and stays closed.
#
# shellcheck disable=SC2016 # the variables in single quotes are jq's
set -euo pipefail
# shellcheck source=.github/action/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

# GitHub takes 65,536 characters.
BODY_CHARACTERS=64000

case "$GITHUB_EVENT_NAME" in
pull_request | pull_request_target)
    say notice "the tracking issue is about what is merged; a pull request leaves it alone"
    exit 0
    ;;
esac

if [[ "$PARTIAL" == false && "$WHOLE" == false ]]; then
    say notice "this run was about a part of the citations only; the tracking issue is about all of them"
    exit 0
fi

marker="<!-- citecheck tracking issue: $INPUT_TRACKING_ISSUE -->"
run_url="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
folder="$(mktemp -d "$RUNNER_TEMP/citecheck-issue.XXXXXX")"
# The server of this run, which need not be github.com.
export GH_HOST="${GITHUB_SERVER_URL#*://}" GH_ENTERPRISE_TOKEN="$GH_TOKEN"

author="$(gh api graphql -f query='query { viewer { login } }' --jq .data.viewer.login)"
# An open one before closed ones, the first of several; else the one closed last.
found="$(gh api --method GET --paginate "repos/$GITHUB_REPOSITORY/issues" \
    -f state=all -f creator="$author" -F per_page=100 |
    jq -s -c --arg marker "$marker" --arg author "$author" '
        [.[][] | select(.pull_request == null and .user.login == $author
            and (.body // "" | startswith($marker)))] | sort_by(.number)
        | ([.[] | select(.state == "open")][0] // .[-1] // empty)
        | {number, state, state_reason, html_url}')"

text() {
    printf '%s\n' "$marker"
    printf '%s errors, %s warnings. Written by [this run](%s); it is updated in place, and what is edited here is lost.\n\n' \
        "$ERRORS" "$WARNINGS" "$run_url"
    cat "$REPORT"
}

text | jq -Rjs --argjson room "$BODY_CHARACTERS" --arg unit characters \
    --arg artifact "$INPUT_ARTIFACT" -f "${BASH_SOURCE[0]%/*}/cut.jq" >"$folder/body"

# Sends a JSON object; arguments are those of jq, which makes it. Texts go by files: an argument
# of a program has a limit of its own, below that of an issue in Cyrillic.
send() {
    local method="$1" path="$2"
    shift 2
    jq -n --rawfile body "$folder/body" "$@" >"$folder/request"
    gh api --method "$method" "repos/$GITHUB_REPOSITORY/$path" --input "$folder/request"
}

comment() {
    send POST "issues/$number/comments" --arg text "$1" '{body: $text}' >/dev/null
}

clean=false
if [[ "$FAILING" == 0 && "$PARTIAL" == false ]]; then clean=true; fi

if [[ -z "$found" ]]; then
    if [[ "$FAILING" == 0 ]]; then
        echo "no findings and no tracking issue: nothing to do"
        exit 0
    fi
    made="$(send POST issues --arg title "$INPUT_ISSUE_TITLE" --arg labels "$INPUT_ISSUE_LABELS" '
        {title: $title, body: $body,
         labels: [$labels | splits(",") | gsub("^\\s+|\\s+$"; "") | select(. != "")]}')"
    output issue-url "$(jq -r .html_url <<<"$made")"
    echo "opened $(jq -r .html_url <<<"$made")"
    exit 0
fi

number="$(jq -r .number <<<"$found")"
state="$(jq -r .state <<<"$found")"
reason="$(jq -r .state_reason <<<"$found")"
output issue-url "$(jq -r .html_url <<<"$found")"
if [[ "$FAILING" == 0 && "$PARTIAL" == true ]]; then
    echo "the run is partial and found nothing: issue $number stays as it is"
elif [[ "$clean" == true && "$state" == open ]]; then
    send PATCH "issues/$number" \
        '{body: $body, state: "closed", state_reason: "completed"}' >/dev/null
    comment "Nothing is left: closed by [this run]($run_url)."
    echo "closed issue $number"
elif [[ "$clean" == true ]]; then
    echo "nothing is left, and issue $number is closed"
elif [[ "$state" == closed && "$reason" != not_planned ]]; then
    send PATCH "issues/$number" \
        '{body: $body, state: "open", state_reason: "reopened"}' >/dev/null
    comment "There are findings again: opened by [this run]($run_url)."
    echo "opened issue $number again"
else
    send PATCH "issues/$number" '{body: $body}' >/dev/null
    echo "updated issue $number"
fi
