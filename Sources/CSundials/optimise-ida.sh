#!/bin/bash
# optimise-ida.sh FOLDER [CLANG-FLAG ...]: compiles IDA from Debian's source package into FOLDER/libsundials_ida.a.
#
# Debian's archive is compiled without optimisation, and one neuron spends a fifth of its time there. Members of the
# archive that are not IDA's own, and headers, stay Debian's; the others are optimised together with their callers when
# the program is linked, and hold our operations on short vectors in place. IDA's own products and sums are not
# contracted: they are the same to the last bit. Ends with status 1, FOLDER untouched, where the source cannot be had.
set -euo pipefail
folder=$(realpath -m "$1")
shift
here=$(realpath "$(dirname "$0")")
version=$(dpkg-query -f '${source:Version}' -W libsundials-dev)
archive=$(clang -print-file-name=libsundials_ida.a)
# The compiler's own archiver reads what it wrote for optimisation at link time; the system's complains of each member.
archiver=$(clang -print-prog-name=llvm-ar)
command -v "$archiver" >/dev/null || archiver=ar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The sources beside the packages that this machine's lists name, read with lists of our own: the machine's stay as they are.
mkdir -p "$work"/{parts,lists/partial,cache/archives/partial,members}
for list in /etc/apt/sources.list.d/*.sources; do
  if grep -qs /debian "$list"; then sed 's/^Types:.*/Types: deb-src/' "$list" >"$work/parts/$(basename "$list")"; fi
done
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  if grep -qs /debian "$list"; then sed -n 's/^deb \(.*\/debian.*\)/deb-src \1/p' "$list" >"$work/parts/$(basename "$list" .list).list"; fi
done
options=(-qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/parts" -o Dir::State::lists="$work/lists"
  -o Dir::Cache="$work/cache" -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o APT::Sandbox::User=)
cd "$work"
timeout 120 apt-get "${options[@]}" update >/dev/null 2>&1 || true
timeout 120 apt-get "${options[@]}" source --download-only "sundials=$version" >/dev/null 2>&1
tar xf sundials_*.orig.tar.*
source=$(echo "$work"/sundials-*/src)

cp "$archive" libsundials_ida.a
for member in $(ar t libsundials_ida.a); do
  for file in "$source"/{ida,sundials}/"${member%.o}"; do
    inline=()
    if [[ $file = */ida/* ]]; then inline=(-include "$here/InlineOperations.h" -I"$here/include"); fi
    if [ -f "$file" ]; then
      clang -c -O3 -fPIC -flto=thin -ffp-contract=off -w "$@" "${inline[@]}" -I"$source" -I"$source/sundials" \
        -idirafter "$source/../include" "$file" -o "members/$member"
    fi
  done
done
"$archiver" r libsundials_ida.a members/*.o
mkdir -p "$folder"
mv "$work/libsundials_ida.a" "$folder/"
