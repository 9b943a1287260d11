#!/usr/bin/env bash
# Whether a tag can be released: it is of the version in Cargo.toml, the changelog tells of it, and
# the manifest names this repository, by which `cargo binstall` finds the archives.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."

tag="$1" repository="$2"
field() {
    sed -n "s/^$1 = \"\(.*\)\"\$/\1/p" Cargo.toml | head -n 1
}
refuse() {
    echo "::error title=release::$1"
    exit 1
}

version="$(field version)"
[[ "$tag" == "v$version" ]] || refuse "the tag is $tag, the version in Cargo.toml $version"
grep -qF -e "## $version" -e "## [$version]" CHANGELOG.md || refuse "CHANGELOG.md has no heading for $version"
[[ "$(field repository)" == "https://github.com/$repository" ]] ||
    refuse "Cargo.toml lacks repository = \"https://github.com/$repository\""
echo "$version"
