"""CSV: read back by Python's csv and compared with the report. NDJSON: each line by itself."""

import csv
import json
import pathlib
import subprocess
import sys

from jsonschema import Draft202012Validator

folder = pathlib.Path(sys.argv[1])
csv.field_size_limit(1_000_000)
# To-do lists are tables of their own: handoff.py reads them.
names = sorted(path.stem for path in folder.glob("*.csv") if not path.stem.endswith("-todo"))
assert len(names) >= 5, names
for name in names:
    report = json.loads((folder / f"{name}.json").read_text())
    raw = (folder / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n"), name
    with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        assert None not in row and None not in row.values(), row
        for column, cell in row.items():
            assert not cell.lstrip("\u200b ").startswith(tuple("=+-@＝＋－＠\t\r")), cell
            assert cell.isprintable() or not any(ord(c) < 32 for c in cell), cell
    findings = list(report["findings"])
    works = 0
    for article in report["articles"]:
        findings += article["findings"]
        works += sum(1 + len(reference["further"]) for reference in article["references"])
    told = [row for row in rows if row["rule"] or row["severity"]]
    assert len(told) == len(findings), name
    assert len(rows) <= len(findings) + works, name
    if name == "demo":
        by_table = sorted((row["code"], row["message"]) for row in told)
        by_report = sorted((it["rule"], it["message"]) for it in findings)
        assert by_table == by_report
        titles = {row["title"].lstrip("'") for row in rows if row["title"]}
        for reference in report["articles"][0]["references"]:
            title = reference["citation"]["title"]
            assert title is None or title in titles, title

schema = json.loads(
    subprocess.run([sys.argv[2], "schema", "--format", "ndjson"], check=True, capture_output=True).stdout
)
validator = Draft202012Validator(schema)
for name in names:
    report = json.loads((folder / f"{name}.json").read_text())
    lines = (folder / f"{name}.ndjson").read_text().removesuffix("\n").split("\n")
    kinds = []
    for number, line in enumerate(lines):
        value = json.loads(line)
        kinds.append(value["type"])
        # Each kind of line once in detail; a hundred of the rest.
        if number < 100 or kinds.count(value["type"]) < 3:
            validator.validate(value)
    assert (kinds[0], kinds[-1]) == ("run", "summary")
    assert kinds.count("todo") == len(report["todo"])
    assert kinds.count("article") == len(report["articles"])
print(f"{len(names)} tables and streams")
