#!/usr/bin/env bash
# Asterism and a Pipecat bot with the same models, called by the same simulated patient, one after the other.
# Needs Python 3.11 or later with venv; everything else is fetched into the cache folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${ASTERISM_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/asterism}/peers
python=$cache/venv/bin/python
mkdir -p "$cache"
[ -x "$python" ] || python3 -m venv "$cache/venv"
if [ ! -f "$cache/installed-1.14.0" ]; then
  "$python" -m pip install --quiet 'pipecat-ai[silero,websocket,whisper,piper]==1.14.0' fastapi uvicorn websockets
  touch "$cache/installed-1.14.0"
fi
"$python" "$here/prepare_models.py" "$cache/models"
exec node "$here/../../dist/bench/against-pipecat.js" "$python" "$here/pipecat_bot.py" "$cache/models"
