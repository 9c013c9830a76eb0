#!/usr/bin/env bash
# Makes docs/pictures/*.png anew: real pictures of the runs of 'assay demo', as Chromium shows them.
# Takes a few minutes; needs what the tests in a browser need.
set -euo pipefail

cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# from there, so that the pictures show short paths
(cd "$work" && "$root/assay" demo --quiet --out demo) || { printf 'pictures: the demo failed\n' >&2; exit 1; }
./mvnw -B -q -pl core,io,trees,onnx,app test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test </dev/null
class_path=app/target/test-classes:app/target/classes:core/target/classes:io/target/classes:trees/target/classes:onnx/target/classes:$(<"$work/classpath")
SE_OFFLINE=true SE_AVOID_STATS=true java -Djava.io.tmpdir="$work" -cp "$class_path" dev.assay.app.web.DocsPictures "$work/demo" docs/pictures
