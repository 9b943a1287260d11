#!/usr/bin/env bash
# Packs the program that was built for a target: prints the archive's name. The same files give the
# same bytes where tar is GNU's.
#
# usage: package.sh VERSION TARGET FOLDER
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../.."

version="$1" target="$2" folder="$3"
name="citecheck-$version-$target"
mkdir -p "$folder/$name"
case "$target" in
*windows*) program=citecheck.exe ;;
*) program=citecheck ;;
esac
cp "${CARGO_TARGET_DIR:-target}/$target/release/$program" "$folder/$name/"
cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$folder/$name/"
cd "$folder"
case "$target" in
*windows*)
    archive="$name.zip"
    7z a -bd -bso0 "$archive" "$name"
    ;;
*linux*)
    archive="$name.tar.gz"
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - "$name" | gzip -n >"$archive"
    ;;
*)
    archive="$name.tar.gz"
    tar -czf "$archive" "$name"
    ;;
esac
rm -r "$name"
echo "$archive"
