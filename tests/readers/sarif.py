"""SARIF: the schema of OASIS, and the limits of GitHub code scanning."""

import gzip
import json
import pathlib
import sys
from urllib.parse import unquote, urlparse

from jsonschema import Draft4Validator

folder = pathlib.Path(sys.argv[1])
schema = json.loads(pathlib.Path("tests/schemas/sarif-schema-2.1.0.json").read_text())
validator = Draft4Validator(schema)
logs = sorted(folder.glob("*.sarif"))
assert len(logs) >= 5, logs
for path in logs:
    text = path.read_bytes()
    assert len(gzip.compress(text)) < 10_000_000, path
    log = json.loads(text)
    faults = [error.message for error in validator.iter_errors(log)]
    assert not faults, (path, faults[:3])
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) <= 25_000 and len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule.get("name", "")) <= 255
        for field in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[field]["text"]) <= 1_024, rule["id"]
        assert rule["help"]["text"]
        assert len(rule["properties"].get("tags", [])) <= 10
    report = json.loads((folder / f"{path.stem}.json").read_text())
    found = len(report["findings"]) + sum(len(it["findings"]) for it in report["articles"])
    assert len(run["results"]) == min(found, 5_000), path
    prints = set()
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        uri = urlparse(place["artifactLocation"]["uri"])
        assert uri.scheme in ("", "file") and not uri.query and not uri.fragment, uri
        region = place["region"]
        start = (region["startLine"], region["startColumn"])
        assert (1, 1) <= start <= (region["endLine"], region["endColumn"]), region
        prints.add(result["partialFingerprints"]["primaryLocationLineHash"])
    assert len(prints) == len(run["results"]), path

# Regions and fixes mean the bytes that they say, in the article as it is.
log = json.loads((folder / "demo.sarif").read_text())
source = pathlib.Path("references/demo.wiki").read_bytes()
lines = source.decode().split("\n")
regions = 0
for result in log["runs"][0]["results"]:
    place = result["locations"][0]["physicalLocation"]
    if unquote(place["artifactLocation"]["uri"]) != "references/demo.wiki":
        continue
    stretches = [place["region"]]
    for fix in result.get("fixes", []):
        for change in fix["artifactChanges"]:
            stretches += [it["deletedRegion"] for it in change["replacements"]]
    for region in stretches:
        if "byteOffset" not in region:
            continue
        start = region["byteOffset"]
        by_bytes = source[start : start + region["byteLength"]].decode()
        first, last = region["startLine"] - 1, region["endLine"] - 1
        assert first == last, region
        by_columns = lines[first][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert by_bytes == by_columns, (by_bytes, by_columns)
        assert region.get("snippet", {"text": by_bytes})["text"] == by_bytes
        regions += 1
assert regions >= 30, regions
print(f"{len(logs)} logs, {regions} regions")
