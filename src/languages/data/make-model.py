#!/usr/bin/env python3
"""Makes ngram-model.bin, the second opinion on a text's language, from py3langid's model.

    pip download --no-deps py3langid==0.4.0          # BSD-3-Clause, see ngram-model.LICENSE
    unzip py3langid-0.4.0-py3-none-any.whl -d py3langid
    python3 make-model.py py3langid                  # needs numpy

py3langid is a naive Bayes classifier over byte strings of one to six bytes, found by walking an
Aho-Corasick automaton. The package stores the automaton as a dense table; here it is the bare tree
of strings, from which the reader rebuilds the automaton. Weights (half floats there) become one of
256 even steps, which changes no answer that matters, and stand language by language, which packs
best. Layout, little-endian, the whole packed with zlib:

    u32 nodes, u32 features, u32 languages, u32 length of the tags
    tags, separated by spaces; one tag may stand twice (two scripts of one language)
    per node, breadth first: u8 number of children
    per node but the root, breadth first: u8 byte that leads to it (ascending among siblings)
    per node: u8 1 if its string is a feature; features are numbered in this order
    f32 lowest weight, f32 step
    per language: f32 prior
    per language: one u8 per feature
"""
import os, struct, sys, zlib

import numpy as np

sys.path.insert(0, sys.argv[1])
from py3langid.langid import LanguageIdentifier  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
# Its labels → tags. Dialects that are written as the standard language go to that.
TAGS = {'no': 'nb', 'gug': 'gn', 'hbo': 'he', 'kik': 'ki', 'wuu': 'zh', 'yue': 'zh', 'fuv': 'ff',
        'arz': 'ar', 'ary': 'ar', 'sdh': 'ckb', 'uzs': 'uz'}
DROPPED = {'zxx'}  # no language: code, numbers

model = LanguageIdentifier.from_model_file('data/model.npz.xz')
columns = [at for at, label in enumerate(model.nb_classes) if label not in DROPPED]
tags = [TAGS.get(model.nb_classes[at], model.nb_classes[at]) for at in columns]
moves = np.array(model.tk_nextmove).reshape(-1, 256)
rows = np.array(model.tk_row)
output = model.tk_output
strings, order, children = {0: b''}, [0], []
for state in order:
    found = 0
    for byte, target in enumerate(moves[rows[state]].tolist()):
        if target not in strings:
            strings[target] = strings[state] + bytes([byte])
            order.append(target)
            found += 1
    children.append(found)
nodes = {text: state for state, text in strings.items()}


def suffix(text):
    while text not in nodes:
        text = text[1:]
    return nodes[text]


terminal, features = [], []
for state in order:
    text = strings[state]
    own = bool(text) and 0 <= output[state] and output[state] != output[suffix(text[1:])]
    terminal.append(own)
    if own:
        features.append(output[state])
assert len(features) == len(set(features)) == model.nb_ptc.shape[0] and max(children) < 256
weights = model.nb_ptc[features][:, columns].astype(np.float32)
low, high = float(weights.min()), float(weights.max())
step = (high - low) / 255
steps = np.round((weights - low) / step).astype(np.uint8)
names = ' '.join(tags).encode()
raw = b''.join([
    struct.pack('<IIII', len(order), len(features), len(tags), len(names)), names,
    bytes(children), bytes(strings[state][-1] for state in order[1:]), bytes(terminal),
    struct.pack('<ff', low, step), model.nb_pc[columns].astype('<f4').tobytes(),
    steps.T.tobytes()])
packed = zlib.compress(raw, 9)
with open(f'{HERE}/ngram-model.bin', 'wb') as file:
    file.write(packed)
print(len(order), 'nodes,', len(features), 'features,', len(tags), 'languages,', len(packed), 'bytes')
