#!/usr/bin/env bash
# Ends the job as citecheck ended, once everything is kept.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

case "$STATUS" in
0) exit 0 ;;
1) say error "findings: ${ERRORS:-0} errors, ${WARNINGS:-0} warnings" ;;
130) say error "interrupted; what was done is reported" ;;
*) say error "citecheck could not do its work (exit status $STATUS): ${REASON:-see the log}" ;;
esac
exit "$STATUS"
