"""Hand-offs to translators, read and written back by the tools that translators use.

usage: handoff.py DIRECTORY PROGRAM

DIRECTORY holds reports that PROGRAM (citecheck) made; every .po, .xlf, .xliff, .xlf2 and todo .csv
in it is looked at. Then PROGRAM makes hand-offs of an article of its own, translate-toolkit, polib
and Python's csv fill them in, and PROGRAM takes them back. Needs polib, translate-toolkit and lxml;
msgfmt of gettext.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

import polib
from lxml import etree
from translate.storage import factory, xliff2

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "schemas"
ARTICLE = """\
Річка.<ref name="a">{{cite web |title=Der Fluss, der zurückfließt |url=https://fluss.example/1 |quote=Er fließt}}</ref>
Знову.<ref name="a" /> Ще.<ref>{{cite news
 | title    = 川が戻る町：二つの都市の百年にわたる関係と言い伝え
 | url      = https://kawa.example/1
 | language = ja
}}</ref>
Два.<ref>{{cite web |title=The river that flows back every spring |url=https://river.example/x}}</ref>
Три.<ref>{{cite web |title=النهر الذي يعود إلى منبعه كل عام |url=https://nahr.example/1}}</ref>
Чотири.<ref>{{cite web |title=แม่น้ำที่ไหลย้อนกลับทุกปีในฤดูฝนของเมืองสองเมือง |url=https://maenam.example/1}}</ref>
П'ять.<ref>{{cite web |title=رودی که هر سال در بهار به سرچشمه بازمی‌گردد |url=https://rud.example/1 |language=fa}}</ref>
"""
# What a translator may well write, and what nobody should.
TEXTS = ["Переклад {}: 50% «так»", "a|b}}}}{{{{c={}", "</ref><nowiki>{}", "''{}'' [[x]] &amp; ~~~~"]


def run(program, *args, expect=(0,), cwd=None):
    done = subprocess.run([program, *args], capture_output=True, text=True, cwd=cwd)
    assert done.returncode in expect, (args, done.returncode, done.stdout, done.stderr)
    return done


def schema(version):
    name = {"1.2": "xliff-core-1.2-transitional.xsd", "2.0": "xliff-core-2.0.xsd"}[version]
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name)))


def check_po(path):
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(path)], check=True)
    catalogue = polib.pofile(str(path))
    assert catalogue.metadata["Language"], path
    assert all(entry.msgctxt for entry in catalogue), path
    # Written again by another program, it is still a catalogue.
    return len(catalogue)


def check_xliff(path):
    document = etree.parse(str(path))
    rules = schema(document.getroot().get("version"))
    assert rules.validate(document), (path, rules.error_log)
    return len(store(path).units)


def store(path):
    version = etree.parse(str(path)).getroot().get("version")
    if version.startswith("2"):
        return xliff2.Xliff2File.parsefile(str(path))
    return factory.getobject(str(path))


def check_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, strict=True))
    for row in rows:
        assert None not in row and None not in row.values(), (path, row)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values()), row
    return len(rows)


def fill_po(path):
    catalogue = polib.pofile(str(path))
    wanted = {}
    for number, entry in enumerate(catalogue):
        entry.msgstr = TEXTS[number % len(TEXTS)].format(number)
        wanted[entry.msgctxt] = entry.msgstr
    # One that somebody has to look at must not be taken.
    catalogue[-1].flags.append("fuzzy")
    wanted.pop(catalogue[-1].msgctxt)
    catalogue.save(newline="\r\n")
    return wanted


def fill_toolkit(path):
    file = store(path)
    wanted = {}
    units = [unit for unit in file.units if unit.source]
    for number, unit in enumerate(units):
        unit.target = TEXTS[number % len(TEXTS)].format(number)
        wanted[unit.getid().rsplit("\x04", 1)[-1]] = unit.target
    file.savefile(str(path))
    return wanted


def fill_csv(path, delimiter=",", encoding="utf-8"):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = {}
    for number, row in enumerate(rows):
        row["translation"] = TEXTS[number % len(TEXTS)].format(number)
        wanted[row["id"]] = row["translation"]
    rows.reverse()
    with open(path, "w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return wanted


def stripped(text):
    """The article without the parameters that translations go into."""
    return re.sub(r"\s*\|\s*(trans-title|trans-quote|language)\s*=[^|{}\n]*?(?=\s*[|}])", "", text)


def apply(program, folder, name, wanted):
    article = folder / "a.wiki"
    article.write_text(ARTICLE, encoding="utf-8")
    arguments = ["todo", "apply", name, "--article", "a.wiki", "--article-language", "uk"]
    shown = run(program, *arguments, "--diff", expect=(1,), cwd=folder)
    assert shown.stdout.startswith("--- "), shown.stdout
    assert article.read_text(encoding="utf-8") == ARTICLE, "--diff wrote"
    run(program, *arguments, "--write", cwd=folder)
    text = article.read_text(encoding="utf-8")
    assert stripped(text) == stripped(ARTICLE), text
    read = run(program, "extract", "a.wiki", "--article-language", "uk", cwd=folder).stdout
    for id, translation in wanted.items():
        said = " ".join(translation.split())
        escaped = said.replace("\\", "\\\\").replace('"', '\\"')
        # Outer quotation marks and italics are no part of a title as it is read.
        assert escaped in read, (id, said, text)
    again = run(program, *arguments, "--diff", cwd=folder)
    assert again.stdout == "", again.stdout
    (folder / "citecheck-todo.toml").unlink()


def main():
    reports, program = pathlib.Path(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    checks = {".po": check_po, ".xlf": check_xliff, ".xliff": check_xliff, ".xlf2": check_xliff}
    checks[".xliff2"] = check_xliff
    for path in sorted(reports.iterdir()):
        if path.suffix in checks:
            print(f"{path.name}: {checks[path.suffix](path)} texts")
        elif path.suffix == ".csv" and "todo" in path.name:
            print(f"{path.name}: {check_csv(path)} rows")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "a.wiki").write_text(ARTICLE, encoding="utf-8")
        made = {
            "po": ("a.po", fill_po, check_po),
            "xliff": ("a.xlf", fill_toolkit, check_xliff),
            "xliff2": ("b.xlf", fill_toolkit, check_xliff),
            "todo-csv": ("a.csv", fill_csv, check_csv),
        }
        for format, (file, fill, check) in made.items():
            (folder / "a.wiki").write_text(ARTICLE, encoding="utf-8")
            run(program, "check", "a.wiki", "--offline", "--article-language", "uk", "--quiet",
                "--fail-on", "never", "--output", f"{format}={file}", cwd=folder)
            assert check(folder / file) == 7, format
            wanted = fill(folder / file)
            apply(program, folder, file, wanted)
            print(f"{format}: {len(wanted)} texts there and back")
        # Gettext tools read XLIFF's sibling as well.
        run(program, "check", "a.wiki", "--offline", "--article-language", "uk", "--quiet",
            "--fail-on", "never", "--output", "po=t.po", "--output", "todo-csv=t.csv", cwd=folder)
        (folder / "a.wiki").write_text(ARTICLE, encoding="utf-8")
        for delimiter, encoding in [(";", "utf-8-sig"), ("\t", "utf-16")]:
            run(program, "check", "a.wiki", "--offline", "--article-language", "uk", "--quiet",
                "--fail-on", "never", "--output", "todo-csv=t.csv", cwd=folder)
            apply(program, folder, "t.csv", fill_csv(folder / "t.csv", delimiter, encoding))
            (folder / "a.wiki").write_text(ARTICLE, encoding="utf-8")
        print("tables of spreadsheets: there and back")


if __name__ == "__main__":
    main()
