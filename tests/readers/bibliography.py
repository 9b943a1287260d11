"""CSL-JSON and BibLaTeX entries: the schema of CSL, citeproc, pybtex and bibtexparser."""

import json
import pathlib
import sys
import warnings

import bibtexparser
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft7Validator
from pybtex.database import parse_string

warnings.filterwarnings("ignore")
folder = pathlib.Path(sys.argv[1])
schema = json.loads(pathlib.Path("tests/schemas/csl-data.json").read_text())
for name in ("demo", "hostile"):
    items = json.loads((folder / f"{name}.csl-json").read_text())
    Draft7Validator(schema).validate(items)
    assert len(items) > 50
    ids = [item["id"] for item in items]
    assert len(set(ids)) == len(ids)
    for item in items:
        assert item.get("URL", "https:").startswith(("http:", "https:")), item

    text = (folder / f"{name}.bib").read_text()
    strict = parse_string(text, "bibtex")
    assert sorted(strict.entries.keys()) == sorted(ids), name
    parser = bibtexparser.bparser.BibTexParser(common_strings=False, ignore_nonstandard_types=False)
    loose = bibtexparser.loads(text, parser)
    assert [entry["ID"] for entry in loose.entries] == ids, name
    assert not loose.strings and not loose.preambles and not loose.comments
    for entry in loose.entries:
        item = items[ids.index(entry["ID"])]
        assert entry.get("url", "").replace("%7B", "{") == item.get("URL", "").replace("%7B", "{")
    if name == "demo":
        CiteProcJSON(items)
        titles = {entry.get("title") for entry in loose.entries}
        assert "客轮科拉琳号在哈尔文附近触礁 214人全部获救" in titles
        (author,) = strict.entries[next(it for it in ids if it.startswith("penhallick"))].persons["author"]
        assert (author.last_names, author.first_names) == (["Penhallick"], ["Marra"])
print("2 bibliographies")
