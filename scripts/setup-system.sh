#!/usr/bin/env bash
# Installs what `npm run test:system` and `npm run bench:graph` need beyond npm: a browser, and peers of the graph core in a
# Python environment of their own. Debian or a relative of it; root, or sudo without a password, where something is missing.
set -euo pipefail

packages=()
command -v chromium >/dev/null 2>&1 || packages+=(chromium)
python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || packages+=(python3 python3-venv)
if [ "${#packages[@]}" -gt 0 ]; then
  sudo=""
  if [ "$(id -u)" -ne 0 ]; then sudo="sudo -n"; fi
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

peers="igraph==1.0.0 leidenalg==0.12.0 networkx==3.6.1 numpy==2.4.6 scipy==1.17.1"
root="$(cd "$(dirname "$0")/.." && pwd)"
python="$root/node_modules/.cache/python"
if [ "$(cat "$python/peers" 2>/dev/null)" != "$peers" ]; then
  python3 -m venv --clear "$python"
  # shellcheck disable=SC2086
  "$python/bin/pip" install --quiet --disable-pip-version-check $peers
  # Only the bench holds networkit against ours; where no wheel fits this machine, the bench says that it did not run.
  "$python/bin/pip" install --quiet --disable-pip-version-check networkit==11.3 || echo "networkit: not installed" >&2
  echo "$peers" >"$python/peers"
fi
