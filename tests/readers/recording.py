"""WARC: the recording of the demonstration, by warcio, with its digests."""

import pathlib
import sys

from warcio.archiveiterator import ArchiveIterator

kinds = {}
with open(pathlib.Path(sys.argv[1]) / "demo.warc.gz", "rb") as stream:
    for record in ArchiveIterator(stream, check_digests="raise"):
        record.content_stream().read()
        kinds[record.rec_type] = kinds.get(record.rec_type, 0) + 1
assert kinds.get("response", 0) > 20, kinds
print(kinds)
