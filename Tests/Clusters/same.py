"""Says whether batches hold the same runs, whatever order they were done in: same.py FILE FILE ..."""

import sqlite3
import sys


def contents(path):
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",), path
    names = sorted(row[1] for row in database.execute("PRAGMA table_info(runs)") if row[1] not in ("wall", "cpu"))
    columns = ", ".join(f'"{name}"' for name in names)
    return names, [
        database.execute(question).fetchall()
        for question in (f"SELECT {columns} FROM runs ORDER BY run", "SELECT * FROM spikes ORDER BY run, name, signal",
                         "SELECT * FROM waveforms ORDER BY run, analysis, signal")]


expected = contents(sys.argv[1])
different = [path for path in sys.argv[2:] if contents(path) != expected]
print(f"{len(expected[1][0])} runs;", f"different: {', '.join(different)}" if different else "all the same")
sys.exit(1 if different else 0)
