"""Measurements in a file, one line each, so that an interrupted run continues where it stopped."""

import json
import os
from pathlib import Path

KEY = ("table", "method", "repeat", "fold", "permuted")


class Journal:
    """Records by table, method, repetition, fold and whether the labels are permuted; the last line of a key counts."""

    def __init__(self, path):
        self.path = Path(path)
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        records = filter(None, map(_record, lines))
        self.records = {tuple(record[name] for name in KEY): record for record in records}

    def done(self, key, fingerprint):
        """Whether there is a result, and of this very table."""
        record = self.records.get(key, {"error": "not measured"})
        return "error" not in record and record["fingerprint"] == fingerprint

    def add(self, key, found):
        """Append one line in one write, which is whole or not there."""
        record = dict(zip(KEY, key, strict=True)) | found
        self.records[key] = record
        line = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(line, (json.dumps(record) + "\n").encode())
        finally:
            os.close(line)


def _record(line):
    """A line's record; None if a crash cut the line."""
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None
