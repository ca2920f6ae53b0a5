#!/usr/bin/env bash
# Installs what the real checks use: Debian packages and a Python environment in .real/venv. Whatever cannot be had is named and left out.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit 1
missing=0

unavailable() {
  echo "NOT INSTALLED: $1" >&2
  missing=1
}

debian_packages() {
  local wanted=() pair
  for pair in cloud-init:cloud-init shellcheck:shellcheck systemd-analyze:systemd chromium:chromium; do
    command -v "${pair%%:*}" >/dev/null || wanted+=("${pair##*:}")
  done
  [ "${#wanted[@]}" -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    unavailable "${wanted[*]} (needs root and apt-get)"
    return
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null 2>&1
  local package
  for package in "${wanted[@]}"; do
    timeout 300 apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 || unavailable "$package"
  done
}

python_environment() {
  local stamp=.real/venv/requirements.txt
  cmp -s .ci/requirements.txt "$stamp" && return
  rm -rf .real/venv
  python3 -m venv .real/venv || { unavailable "Python environment"; return; }
  .real/venv/bin/pip install --quiet --disable-pip-version-check -r .ci/requirements.txt || { unavailable "moto, checkov"; return; }
  cp .ci/requirements.txt "$stamp"
}

workflow_linter() {
  local version=v1.7.12 folder="$PWD/.real/venv/bin"
  [ -x "$folder/actionlint" ] && return
  if ! command -v go >/dev/null; then
    unavailable "actionlint (needs Go)"
    return
  fi
  mkdir -p "$folder"
  GOBIN="$folder" timeout 300 go install "github.com/rhysd/actionlint/cmd/actionlint@$version" >/dev/null 2>&1 || unavailable "actionlint"
}

debian_packages
python_environment
workflow_linter
exit "$missing"
