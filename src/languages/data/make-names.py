#!/usr/bin/env python3
"""Makes names.tsv and codes.tsv, the language names and codes that citecheck reads, from CLDR.

    npm pack cldr-localenames-full cldr-core          # Unicode-3.0, see CLDR.LICENSE
    tar -xzf cldr-localenames-full-*.tgz --one-top-level=names
    tar -xzf cldr-core-*.tgz --one-top-level=core
    python3 make-names.py names/package core/package

names.tsv: tag, English name, own name, names in other languages (separated by `|`, lower case).
codes.tsv: code that is not the tag, tag.
Names that CLDR lacks (adverbs, abbreviations, older names) are in name-extras.tsv, by hand.
"""
import collections, json, os, re, sys, unicodedata

NAMES, CORE = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))
# The Wikipedias from whose editors the names come.
LOCALES = """en de fr es ru ja zh zh-Hant pt pt-PT it ar fa pl nl uk tr ko sv cs vi he hu fi id ro el
no nn da th bg hr sk sr sr-Latn ca hi lt lv et sl ms bn ur ta te mr ml kn gu pa ne si my km lo ka hy
az kk uz be mk sq bs is eu gl ga cy sw fil af mn ky am yo ig ha zu ps sd ku ckb tg tt eo jv lb fo
gd br mt fy ug tk or as so oc rm ast gsw nds hsb qu""".split()
INVISIBLE = dict.fromkeys([0x200b, 0x200c, 0x200d, 0x200e, 0x200f])
# Codes that CLDR folds into another language and readers do not.
KEEP = {'tl', 'cnr', 'sh', 'bcl', 'pnb', 'tw', 'cmn', 'arb', 'als'}


def locale(name):
    path = f'{NAMES}/main/{name}/languages.json'
    if not os.path.exists(path):
        return {}
    with open(path, encoding='utf8') as file:
        return next(iter(json.load(file)['main'].values()))['localeDisplayNames']['languages']


def forms(name, lang):
    """The forms of a language name that stand in sentences: "ukrainisch", "українською"."""
    yield name
    yield re.sub(r'^(tiếng|język|jazyk|limba|lingua|bahasa|wikang|kalba|ภาษา|زبان|اللغة|ภาษา|ພາສາ) ?', '', name)
    yield re.sub(r' (dili|тілі|тили|хэл|valoda|kalba|keel|kieli|мова|язык)$', '', name)
    swaps = {
        'uk': [(r'ька$', ['ькою', 'ької', 'ький', 'ьке'])],
        'be': [(r'ская$', ['скай', 'ску', 'скі'])],
        'ru': [(r'ский$', ['ского', 'ском', 'ская', 'ски', 'скому'])],
        'bg': [(r'ски$', ['ския'])],
        'sr': [(r'ски$', ['ском', 'ског'])],
        'mk': [(r'ски$', ['скиот'])],
        'hr': [(r'ski$', ['skom', 'skoga', 'skog'])],
        'bs': [(r'ski$', ['skom', 'skog'])],
        'sr-Latn': [(r'ski$', ['skom', 'skog'])],
        'sl': [(r'ščina$', ['ščini', 'sko', 'ško'])],
        'pl': [(r'ski$', ['sku', 'skiego', 'skim']), (r'cki$', ['cku', 'ckiego', 'ckim'])],
        'cs': [(r'čtina$', ['čtině', 'cky', 'cký']), (r'ština$', ['štině', 'sky', 'ský'])],
        'sk': [(r'čina$', ['čine', 'cky', 'cký', 'ky']), (r'ština$', ['štine', 'sky', 'ský'])],
        'lt': [(r'ų$', ['ų kalba', 'ų k'])],
        'lv': [(r'u$', ['u valodā', 'u valoda', 'u val'])],
        'hu': [(r'$', ['ul', 'ül', ' nyelven', ' nyelvű'])],
        'fi': [(r'$', ['ksi', 'n kieli', 'nkielinen'])],
        'et': [(r'$', [' keel', ' keeles'])],
        'eu': [(r'a$', ['az', 'ez', 'aren', 'eraz'])],
        'tr': [(r'$', [' dili', ' dilinde'])],
        'az': [(r'ca$', ['']), (r'$', [' dili'])],
        'de': [(r'isch$', ['ische', 'ischer', 'isches', 'ischen', 'ischsprachig'])],
        'he': [(r'^', ['ב'])],
        'ar': [(r'^ال', ['بال', '', 'لل', 'اللغة ال', 'باللغة ال'])],
        'ko': [(r'$', ['로'])],
        'ja': [(r'語$', ['語版', '文'])],
        'zh': [(r'语$', ['文'])],
        'eo': [(r'a$', ['e', 'lingva'])],
        'sv': [(r'a$', ['', 't'])],
        'el': [(r'ικά$', ['ική', 'ικής', 'ικη γλώσσα'])],
        'ro': [(r'ă$', ['a', 'ește', 'ei'])],
    }
    for pattern, endings in swaps.get(lang, []):
        if re.search(pattern, name):
            for ending in endings:
                yield re.sub(pattern, ending, name, count=1)


def key(name):
    return unicodedata.normalize('NFC', name).lower().replace('i̇', 'i').replace('’', "'").translate(INVISIBLE).strip()


english = locale('en')
known, inflected = set(), {'no', 'sh', 'fil'}
for line in open(f'{HERE}/alphabets.tsv', encoding='utf8'):
    if not line.startswith('#'):
        tag, _, rank, *_ = line.split('\t')
        known.add(tag)
        if int(rank) < 3:
            inflected.add(tag)
known |= {'no', 'sh', 'fil', 'yue', 'nan', 'lzh'}
skip = {'und', 'mul', 'zxx', 'mis', 'root'}
own, entries = {}, {}
votes = collections.defaultdict(collections.Counter)
by_tag = collections.defaultdict(dict)
for lang in LOCALES:
    names = locale(lang)
    for tag, name in names.items():
        base = re.sub(r'-(alt-.*|menu-.*)$', '', tag)
        if base in skip or 'menu' in tag:
            continue
        if base not in known and '-' not in base and lang not in ('en', 'de', 'fr', 'es'):
            continue
        for form in forms(name, lang) if tag in inflected else [name]:
            form = key(form)
            if 1 < len(form) and not re.fullmatch(r'[a-z]{1,3}', form) and ';' not in form:
                weight = 3 if form == key(name) else 1
                votes[form][base] += weight + (2 if lang in ('en', 'de', 'fr') else 0) + (0.5 if base in known else 0)
                by_tag[base].setdefault(form, None)
for tag in {re.sub(r'-alt-.*$', '', tag) for tag in english if 'menu' not in tag} - skip:
    source = locale({'nb': 'no', 'tl': 'fil'}.get(tag, tag)) if tag.split('-')[0] in known else {}
    own[tag] = source.get(tag, '')
clashes = []
for form, tags in votes.items():
    if 1 < len(tags):
        best = max(tags.items(), key=lambda item: (item[1], -len(item[0]), item[0]))[0]
        if tags[best] < 2 * sum(tags.values()) / 3 and '-' not in ''.join(tags):
            clashes.append((form, dict(tags)))
        for tag in tags:
            if tag != best:
                by_tag[tag].pop(form, None)
extras = collections.defaultdict(list)
for line in open(f'{HERE}/name-extras.tsv', encoding='utf8'):
    if not line.startswith('#') and line.strip():
        tag, names = line.rstrip('\n').split('\t')
        extras[tag] += [key(name) for name in names.split('|')]
taken = {name for names in extras.values() for name in names}
rows = []
for tag in sorted(by_tag):
    label = english.get(tag) or tag
    others = [name for name in by_tag[tag] if name not in taken]
    others += [name for name in extras.pop(tag, [])]
    others = dict.fromkeys([name for name in (key(label), key(own.get(tag) or label)) if name not in taken] + others)
    rows.append(f"{tag}\t{label}\t{own.get(tag) or label}\t{'|'.join(others)}")
assert not extras, f'name-extras.tsv has unknown tags: {sorted(extras)}'
with open(f'{HERE}/names.tsv', 'w', encoding='utf8') as file:
    file.write('# Made by make-names.py from CLDR; see there. Change name-extras.tsv instead.\n')
    file.write('\n'.join(rows) + '\n')
with open(f'{CORE}/supplemental/aliases.json', encoding='utf8') as file:
    aliases = json.load(file)['supplemental']['metadata']['alias']['languageAlias']
codes = {}
for code, entry in aliases.items():
    target = entry['_replacement'].split(' ')[0]
    if re.fullmatch('[a-z]{2,3}', code) and re.fullmatch('[a-z]{2,3}', target) and code not in KEEP and target in by_tag:
        codes[code] = target
codes.update({'nob': 'nb', 'tgl': 'tl', 'twi': 'tw'})
with open(f'{HERE}/codes.tsv', 'w', encoding='utf8') as file:
    file.write('# Made by make-names.py from CLDR; see there. Codes → tag. By hand: code-mistakes.tsv.\n')
    file.writelines(f'{code}\t{tag}\n' for code, tag in sorted(codes.items()))
print(len(rows), 'languages,', sum(row.count('|') for row in rows), 'names,', len(codes), 'codes')
for clash in clashes[:60]:
    print('clash', *clash)
