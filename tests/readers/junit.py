"""JUnit XML: the schemas of Ant and of Jenkins, and a reader that counts."""

import json
import pathlib
import sys

import junitparser
from lxml import etree

folder = pathlib.Path(sys.argv[1])
schemas = [
    etree.XMLSchema(etree.parse(f"tests/schemas/{name}.xsd"))
    for name in ("junit-ant", "junit-jenkins")
]
files = sorted(folder.glob("*.junit"))
assert len(files) >= 5, files
for path in files:
    # A million characters in one text are no attack here.
    document = etree.parse(path, etree.XMLParser(huge_tree=True, resolve_entities=False))
    for schema in schemas:
        schema.assertValid(document)
    if path.stem == "hostile":
        continue
    report = json.loads((folder / f"{path.stem}.json").read_text())
    failing = {
        (at, finding["reference"])
        for at, article in enumerate(report["articles"])
        for finding in article["findings"]
        if finding["severity"] == "error"
    }
    suites = list(junitparser.JUnitXml.fromfile(str(path)))
    assert sum(suite.failures for suite in suites) == len(failing), path
    for suite in suites:
        cases = list(suite)
        assert suite.tests == len(cases)
        results = [result for case in cases for result in case.result]
        assert suite.failures == sum(isinstance(it, junitparser.Failure) for it in results)
        assert suite.skipped == sum(isinstance(it, junitparser.Skipped) for it in results)
print(f"{len(files)} documents")
