#!/usr/bin/env bash
# Installs citecheck: the binary of the release that this action is of, else built from the sources
# beside this file.
#
# A release is taken only if the ref by which the action is used (a tag or, better, a commit) is the
# commit of the release's tag, and only with its attestation: then it was built by this repository's
# release workflow from these sources.
set -euo pipefail
# shellcheck source=.github/action/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"

root="$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)"
version="$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -n 1)"
tag="v$version"
mkdir -p "$PROGRAM_FOLDER/bin"

# The target of the release's archive for this machine; nothing where none is built.
target() {
    case "$RUNNER_OS-$RUNNER_ARCH" in
    Linux-X64) echo x86_64-unknown-linux-musl ;;
    Linux-ARM64) echo aarch64-unknown-linux-musl ;;
    macOS-X64) echo x86_64-apple-darwin ;;
    macOS-ARM64) echo aarch64-apple-darwin ;;
    Windows-X64) echo x86_64-pc-windows-msvc ;;
    esac
}

commit_of() {
    gh api "repos/$ACTION_REPOSITORY/commits/$1" --jq .sha
}

from_release() {
    local target archive folder
    target="$(target)"
    [[ -n "$target" && -n "$ACTION_REPOSITORY" && -n "$ACTION_REF" ]] || return 1
    command -v gh >/dev/null || return 1
    local released used
    released="$(commit_of "$tag" 2>/dev/null)" || return 1
    used="$(commit_of "$ACTION_REF" 2>/dev/null)" || return 1
    [[ -n "$released" && "$released" == "$used" ]] || return 1
    folder="$(mktemp -d "$RUNNER_TEMP/citecheck-release.XXXXXX")"
    case "$target" in
    *windows*) archive="citecheck-$version-$target.zip" ;;
    *) archive="citecheck-$version-$target.tar.gz" ;;
    esac
    gh release download "$tag" --repo "$ACTION_REPOSITORY" --pattern "$archive" --dir "$folder" || return 1
    if ! gh attestation verify "$folder/$archive" --repo "$ACTION_REPOSITORY" \
        --signer-workflow "$ACTION_REPOSITORY/.github/workflows/release.yml"; then
        say warning "$archive has no valid attestation; citecheck is built from its sources instead"
        return 1
    fi
    case "$archive" in
    *.zip) unzip -q "$folder/$archive" -d "$folder" ;;
    *) tar -xzf "$folder/$archive" -C "$folder" ;;
    esac || return 1
    mv "$folder/citecheck-$version-$target/citecheck"* "$PROGRAM_FOLDER/bin/"
}

if from_release; then
    echo "installed citecheck $version of the release $tag"
    exit 0
fi
echo "no release for this commit: citecheck is built from the action's sources"
if ! command -v cargo >/dev/null; then
    fail "citecheck cannot be built: there is no cargo; install Rust before this step, or name a citecheck in the input \`binary\`"
fi
cargo install --locked --path "$root" --root "$PROGRAM_FOLDER"
