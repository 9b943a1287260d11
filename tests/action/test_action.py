"""What the action does with a run of the demonstration, with runs that fail, and with its issue."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent))
from runner import ROOT, Run  # noqa: E402

CITECHECK = os.environ["CITECHECK"]
BOT = "github-actions[bot]"
HELP = subprocess.run([CITECHECK, "report", "--help"], capture_output=True, text=True, check=True)
KNOWN = re.search(r"--format <FORMAT>.*?possible values: (.*?)\]", " ".join(HELP.stdout.split()))
KNOWN = KNOWN.group(1).replace(",", " ").split()
# The demonstration, checked once.
DEMO = json.loads(
    subprocess.run(
        [CITECHECK, "check", "references/demo.wiki", "--replay", "references/demo.warc.gz"]
        + ["--fail-on", "never", "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
)
# Whether this citecheck knows parts of an audit, and baselines.
PARTS = "limited_to" in DEMO["run"]
FILES = dict(
    line.split("\t")
    for line in (ROOT / ".github/action/formats.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


class ActionTest(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory(prefix="citecheck-action-")
        self.addCleanup(self.place.cleanup)
        self.folder = Path(self.place.name)
        (self.folder / "references").mkdir()
        for name in ["demo.wiki", "demo.warc.gz"]:
            shutil.copy(ROOT / "references" / name, self.folder / "references" / name)
        shutil.copy(ROOT / "citecheck.toml", self.folder)
        self.state = self.folder / "github.json"
        self.github([])

    def github(self, issues, **more):
        state = {"viewer": BOT, "calls": [], "issues": issues, **more}
        self.state.write_text(json.dumps(state), encoding="utf-8")

    def issues(self):
        return json.loads(self.state.read_text(encoding="utf-8"))["issues"]

    def run_action(self, github=None, environment=None, answers=None, **inputs):
        given = {
            "inputs": "references/demo.wiki",
            "args": "--replay references/demo.warc.gz",
            "binary": CITECHECK,
            "formats": "todo",
            **{name.replace("_", "-"): value for name, value in inputs.items()},
        }
        environment = {"GH_STATE": str(self.state), **(environment or {})}
        return Run(given, self.folder, github, environment, answers).go()

    def saved(self, change=lambda report: None):
        """The demonstration's JSON report with a change."""
        report = copy.deepcopy(DEMO)
        change(report)
        path = self.folder / "saved.json"
        path.write_text(json.dumps(report), encoding="utf-8")
        return path.name

    def of_saved(self, change=lambda report: None, **inputs):
        return self.run_action(inputs="", args="", reports=self.saved(change), **inputs)

    @staticmethod
    def clean(report):
        report["counts"]["severities"] = {}
        report["counts"]["rules"] = {}
        report["findings"] = []
        for article in report["articles"]:
            article["findings"] = []

    @staticmethod
    def partial(report):
        ActionTest.clean(report)
        report["run"]["partial"] = True

    @staticmethod
    def shard(report):
        report["run"]["shard"] = {"index": 1, "of": 2}

    @staticmethod
    def limited(report):
        report["run"]["limited_to"] = "changed since main"

    def used(self, run, name):
        return [given for used, given in run.used if used == name]


class Checks(ActionTest):
    def test_findings_fail_the_job_and_everything_is_kept(self):
        run = self.run_action()
        self.assertFalse(run.ok, run.log)
        expect = DEMO["counts"]
        self.assertEqual(run.outputs["exit-status"], "1")
        self.assertEqual(run.outputs["errors"], str(expect["severities"]["error"]))
        self.assertEqual(run.outputs["warnings"], str(expect["severities"]["warning"]))
        self.assertEqual(run.outputs["notes"], str(expect["severities"]["note"]))
        self.assertEqual(run.outputs["dead"], str(expect["rules"]["dead-link"]))
        self.assertEqual(run.outputs["translate"], str(expect["todo"]))
        self.assertEqual(run.outputs["partial"], "false")
        self.assertEqual(run.outputs["new"], "")
        folder = Path(run.outputs["reports"])
        self.assertEqual(
            sorted(path.name for path in folder.iterdir()), ["report.json", "report.md", "todo.md"]
        )
        self.assertEqual(Path(run.outputs["report-json"]), folder / "report.json")
        self.assertEqual(Path(run.outputs["report-markdown"]), folder / "report.md")
        artifact = self.used(run, "actions/upload-artifact")
        self.assertEqual(artifact, [{"name": "citecheck", "path": str(folder)}])
        self.assertEqual(run.summary, (folder / "report.md").read_text(encoding="utf-8"))
        self.assertIn("::error title=citecheck::findings: 4 errors", run.log)

    def test_what_citecheck_prints_gives_the_runner_no_command(self):
        run = self.run_action()
        token = re.search(r"^::stop-commands::(\w{32})$", run.log, re.M).group(1)
        self.assertRegex(run.log, rf"(?ms)^::stop-commands::{token}$.+^::{token}::$")
        # It ends before the annotations, which the runner is to obey.
        self.assertLess(run.log.index(f"\n::{token}::\n"), run.log.index("::group::"))

    def test_nothing_fails_where_nothing_is_to(self):
        run = self.run_action(fail_on="never")
        self.assertTrue(run.ok, run.log)
        self.assertEqual(run.outputs["exit-status"], "0")
        self.assertEqual(run.outputs["errors"], "4")

    def test_the_history_is_kept_after_findings_as_well(self):
        run = self.run_action()
        [restored] = self.used(run, "actions/cache/restore")
        [kept] = self.used(run, "actions/cache/save")
        self.assertEqual(restored["key"], kept["key"])
        self.assertEqual(kept["path"], ".citecheck")
        self.assertEqual(kept["key"], "citecheck-history-links-all-of-it-audit-17-1")
        self.assertTrue(kept["key"].startswith(restored["restore-keys"]))
        none = self.run_action(history="false")
        self.assertEqual([name for name, _ in none.used], ["actions/upload-artifact"])

    def test_failures_are_told_with_their_reason(self):
        run = self.run_action(inputs="references/demo.wiki\nreferences/none.wiki")
        self.assertFalse(run.ok)
        self.assertEqual(run.outputs["exit-status"], "2")
        self.assertRegex(run.log, r"::error title=citecheck::.*none\.wiki")
        settings = self.folder / "citecheck.toml"
        settings.write_text("colour = 1\n", encoding="utf-8")
        self.assertRegex(self.run_action().log, r"::error title=citecheck::.*colour")

    def test_reports_are_kept_when_a_part_could_not_be_done(self):
        (self.folder / "references/bad.html").mkdir()
        (self.folder / "references/broken.wiki").symlink_to("nowhere")
        run = self.run_action(inputs="references", fail_on="never")
        if run.outputs["exit-status"] == "2":
            self.assertEqual(len(self.used(run, "actions/upload-artifact")), 1)
            self.assertNotEqual(run.summary, "")

    def test_inputs_that_cannot_be_are_told_before_anything_runs(self):
        for given, sentence in [
            ({"inputs": " \n"}, "nothing to check"),
            ({"reports": "a.json"}, "exclude each other"),
            ({"history": "yes"}, "the input history is «yes»; give true or false"),
            ({"update_baseline": "1"}, "the input update-baseline is «1»"),
            ({"update_baseline": "true"}, "update-baseline needs the file"),
            ({"formats": "todo, htlm"}, "no format «htlm»"),
            ({"tracking_issue": "a --> b"}, "the name of the tracking issue"),
            ({"binary": "/nowhere/citecheck"}, "cannot be run"),
            ({"args": "--replay 'articles"}, "open quotation mark"),
            ({"config": "none.toml"}, "no settings file none.toml"),
            ({"fail_on": "loudly"}, "loudly"),
        ]:
            with self.subTest(given):
                run = self.run_action(**given)
                self.assertFalse(run.ok)
                self.assertIn("::error title=citecheck::", run.log)
                self.assertIn(sentence, run.log)
                self.assertEqual(self.used(run, "actions/upload-artifact"), [])

    def test_values_are_words_and_no_commands(self):
        odd = "references/--output=x $(touch pwned);`touch pwned` «ї».wiki"
        shutil.copy(self.folder / "references/demo.wiki", self.folder / odd)
        run = self.run_action(
            inputs=f"\n  {odd}  \r\n",
            args="--replay \"references/demo.warc.gz\" --language 'de' --contact '$(touch pwned)'",
            artifact="$(touch pwned)",
        )
        self.assertEqual(run.outputs["exit-status"], "1", run.log)
        report = json.loads(Path(run.outputs["report-json"]).read_text(encoding="utf-8"))
        self.assertEqual([article["input"] for article in report["articles"]], [odd])
        self.assertEqual(report["run"]["language"], "de")
        self.assertFalse((self.folder / "pwned").exists())
        (self.folder / "--help").write_text("https://x.example/\n", encoding="utf-8")
        run = self.run_action(inputs="--help", args="--offline --input-format urls")
        self.assertEqual(run.outputs["exit-status"], "0", run.log)

    def test_every_format_that_the_program_knows_has_a_file(self):
        missing = set(KNOWN) - set(FILES) - {"json", "markdown", "github"}
        self.assertEqual(missing, set(), "not in .github/action/formats.tsv")
        known = [name for name in FILES if name in KNOWN]
        run = self.run_action(formats=" ".join(known))
        for name in known:
            file = Path(run.outputs["reports"]) / FILES[name]
            self.assertNotEqual(file.read_text(encoding="utf-8"), "", name)

    def test_default_formats(self):
        action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
        default = action["inputs"]["formats"]["default"].replace(",", " ").split()
        self.assertEqual(set(default) - set(FILES), set())
        known = [name for name in default if name in KNOWN]
        run = self.run_action(formats=",".join(known))
        self.assertEqual(run.outputs["exit-status"], "1", run.log)
        if "html" in KNOWN:
            self.assertEqual(Path(run.outputs["report-html"]).name, "report.html")
        else:
            self.assertIn("has no format «html»", self.run_action(formats="html").log)

    def test_code_scanning_gets_whole_runs_only(self):
        if "sarif" not in KNOWN:
            self.assertIn("no format sarif", self.run_action(sarif="true").log)
            return
        [upload] = self.used(self.run_action(sarif="true"), "github/codeql-action/upload-sarif")
        self.assertTrue(upload["sarif_file"].endswith("report.sarif"))

        parts = [self.shard, self.limited] if PARTS else []
        for change in [self.partial, *parts]:
            run = self.of_saved(change, sarif="true")
            self.assertEqual(self.used(run, "github/codeql-action/upload-sarif"), [])
        run = self.of_saved(self.limited, sarif="true", github={"event_name": "pull_request"})
        self.assertEqual(len(self.used(run, "github/codeql-action/upload-sarif")), 1)

    def test_lines_are_annotated(self):
        if "github" in KNOWN:
            self.assertRegex(self.run_action().log, r"(?m)^::error .*file=references/demo\.wiki")
            self.assertNotIn("file=", self.run_action(annotations="false").log)

    def test_an_end_asked_for_reaches_the_program(self):
        program = self.folder / "slow"
        program.write_text(
            "#!/usr/bin/env bash\n"
            f'case "$*" in *--print-config* | report*) exec {CITECHECK} "$@" ;; esac\n'
            "for word in \"$@\"; do case \"$word\" in json=*) file=\"${word#json=}\" ;; esac; done\n"
            f"trap 'cp {self.folder}/{self.saved()} \"$file\"; exit 130' TERM\n"
            'kill -TERM "$PPID"\n'
            "for _ in $(seq 200); do read -r -t 0.05 <> <(:) || true; done\n",
            encoding="utf-8",
        )
        program.chmod(0o755)
        run = self.run_action(binary=str(program))
        self.assertEqual(run.outputs["exit-status"], "130", run.log)
        self.assertEqual(len(self.used(run, "actions/upload-artifact")), 1)
        self.assertEqual(len(self.used(run, "actions/cache/save")), 1)
        self.assertFalse(run.ok)

    def test_a_baseline_leaves_what_is_new(self):
        if not PARTS:
            self.skipTest("this citecheck knows no baselines")
        known = {"baseline": ".citecheck/baseline.json"}
        run = self.run_action(update_baseline="true", **known)
        self.assertTrue((self.folder / known["baseline"]).exists(), run.log)
        run = self.run_action(**known)
        self.assertTrue(run.ok, run.log)
        self.assertEqual((run.outputs["errors"], run.outputs["new"]), ("0", "0"))
        # Of the parts of an audit, it is laid over the whole.
        run = self.of_saved(**known)
        self.assertEqual((run.outputs["errors"], run.outputs["new"]), ("0", "0"), run.log)

    def test_shards_are_put_together(self):
        if not PARTS:
            self.skipTest("this citecheck checks no parts")
        for shard in ["1/2", "2/2"]:
            run = self.run_action(args=f"--replay references/demo.warc.gz --shard {shard}")
            name = f"part-{shard[0]}.json"
            shutil.copy(run.outputs["report-json"], self.folder / name)
        run = self.run_action(inputs="", args="", reports="part-*.json", tracking_issue="true")
        self.assertEqual(run.outputs["errors"], str(DEMO["counts"]["severities"]["error"]), run.log)
        self.assertEqual(len(self.issues()), 1)

    def test_saved_reports_are_put_together(self):
        run = self.of_saved()
        self.assertFalse(run.ok)
        self.assertEqual(run.outputs["exit-status"], "1")
        self.assertEqual(run.outputs["errors"], "4")
        self.assertTrue(self.of_saved(fail_on="never").ok)
        run = self.run_action(inputs="", args="", reports="none-*.json")
        self.assertIn("no report is named «none-*.json»", run.log)
        self.assertEqual(self.of_saved(self.partial).outputs["exit-status"], "2")


class Limits(ActionTest):
    @staticmethod
    def huge(report):
        [article] = report["articles"]
        finding = article["findings"][0]
        finding["severity"] = "error"
        finding["message"] = "посилання не працює: " + "ї" * 200
        article["findings"] = [finding] * 4000

    def test_the_summary_stays_below_its_limit(self):
        run = self.of_saved(self.huge)
        size = len(run.summary.encode("utf-8"))
        self.assertLess(size, 1 << 20)
        self.assertGreater(size, 900_000)
        self.assertRegex(run.summary, r"\*\*The report goes on for \d+ more lines\.\*\*")
        self.assertIn("artifact “citecheck”", run.summary)
        whole = Path(run.outputs["report-markdown"]).read_text(encoding="utf-8")
        self.assertGreater(len(whole.encode("utf-8")), 1 << 20)
        self.assertEqual(self.of_saved(self.huge, summary="false").summary, "")

    def test_what_the_cut_leaves_open_is_closed(self):
        def long(report):
            report["articles"][0]["findings"] *= 5

        self.of_saved(long, tracking_issue="true")
        [issue] = self.issues()
        opened = len(re.findall(r"(?m)^<details>", issue["body"]))
        self.assertGreater(opened, 0, issue["body"][-2000:])
        self.assertEqual(opened, len(re.findall(r"(?m)^</details>", issue["body"])))

    def test_an_issue_stays_below_its_limit(self):
        def characters(text):
            return len(text.encode("utf-16-le")) // 2

        def with_faces(report):
            self.huge(report)
            report["articles"][0]["findings"][0]["message"] = "😀" * 500

        for change in [self.huge, with_faces]:
            self.github([])
            self.of_saved(change, tracking_issue="true", artifact="")
            [issue] = self.issues()
            self.assertLess(characters(issue["body"]), 65_536)
            self.assertGreater(characters(issue["body"]), 60_000)
            self.assertIn("too long to be shown here.", issue["body"])


class TrackingIssue(ActionTest):
    def test_it_is_opened_updated_closed_and_opened_again(self):
        run = self.of_saved(tracking_issue="true", issue_labels="citations, links ,")
        [issue] = self.issues()
        self.assertEqual(issue["title"], "Citations: findings of the audit")
        self.assertEqual(issue["labels"], ["citations", "links"])
        self.assertTrue(issue["body"].startswith("<!-- citecheck tracking issue: true -->\n"))
        self.assertIn("## citecheck: 4 errors", issue["body"])
        self.assertIn("(https://github.example/o/n/actions/runs/17)", issue["body"])
        self.assertEqual(run.outputs["issue-url"], issue["html_url"])

        # In place, and what people made of its title stays.
        issue["title"], issue["body"] = "Our links", issue["body"].replace("dead link", "?")
        self.github([issue])
        self.of_saved(tracking_issue="true")
        [updated] = self.issues()
        self.assertEqual(updated["title"], "Our links")
        self.assertIn("dead link", updated["body"])
        self.assertEqual(updated["comments"], [])

        self.of_saved(self.partial, tracking_issue="true")
        self.assertEqual(self.issues(), [updated], "a partial run closes nothing")

        run = self.of_saved(self.clean, tracking_issue="true")
        self.assertTrue(run.ok, run.log)
        [closed] = self.issues()
        self.assertEqual((closed["state"], closed["state_reason"]), ("closed", "completed"))
        self.assertIn("## citecheck: no findings", closed["body"])
        self.assertEqual(len(closed["comments"]), 1)
        self.of_saved(self.clean, tracking_issue="true")
        self.assertEqual(self.issues(), [closed])

        self.of_saved(tracking_issue="true")
        [again] = self.issues()
        self.assertEqual((again["number"], again["state"]), (1, "open"))
        self.assertEqual(len(again["comments"]), 2)

    def test_it_calls_nobody_and_tells_no_other_issue(self):
        hostile = "@maintainer @org/team fixes #1, o/n#2, GH-3 www.x.example --> <!--"

        def call(report):
            for article in report["articles"]:
                article["title"] = hostile
                for finding in article["findings"]:
                    finding["message"] = hostile
                    finding["evidence"].append({"what": hostile, "value": hostile, "source": "x"})
                for reference in article["references"]:
                    reference["citation"]["title"] = hostile
                    reference["citation"]["url"] = "https://github.com/o/n/issues/4"

        self.of_saved(call, tracking_issue="true")
        [issue] = self.issues()
        self.assertIn("maintainer", issue["body"])
        # Neither in code nor behind a mark that parts it.
        prose = re.sub(r"`[^`]*`", "", issue["body"])
        calls = r"(?i)@\w|(?<!&)#\d|GH-\d|www\.|github\.com/\w+/\w+/issues"
        self.assertEqual(re.findall(calls, prose), [])
        self.assertEqual(prose.count("-->"), 1)

    def test_no_issue_without_findings_nor_without_being_asked_for(self):
        self.of_saved(self.clean, tracking_issue="true")
        self.assertEqual(self.issues(), [])
        self.github([])
        self.of_saved()
        self.of_saved(tracking_issue="")
        self.assertEqual(json.loads(self.state.read_text(encoding="utf-8"))["calls"], [])

    def test_others_are_left_alone(self):
        def issue(number, login, body, state="open", **more):
            return {
                "number": number,
                "title": "Citations: findings of the audit",
                "body": body,
                "labels": ["citecheck"],
                "state": state,
                "state_reason": None,
                "user": {"login": login},
                "html_url": f"https://github.example/o/n/issues/{number}",
                "comments": [],
                **more,
            }

        marker = "<!-- citecheck tracking issue: true -->\n"
        others = [
            issue(1, "mallory", marker),
            issue(2, BOT, "quotes " + marker),
            issue(3, BOT, None),
            issue(4, BOT, marker, pull_request={}),
            issue(5, BOT, "<!-- citecheck tracking issue: books -->\n"),
        ]
        self.github(others)
        self.of_saved(tracking_issue="true")
        found = self.issues()
        self.assertEqual(found[:5], others)
        self.assertEqual(len(found), 6)
        # The open one is meant, not a closed one before or after it.
        mine = [issue(1, BOT, marker, "closed"), issue(2, BOT, marker), issue(3, BOT, marker)]
        self.github(mine)
        self.of_saved(tracking_issue="true")
        found = self.issues()
        self.assertEqual([found[0], found[2]], [mine[0], mine[2]])
        self.assertIn("## citecheck", found[1]["body"])

    def test_whoever_closes_it_as_not_planned_is_obeyed(self):
        self.of_saved(tracking_issue="books")
        [issue] = self.issues()
        issue.update(state="closed", state_reason="not_planned", body=issue["body"][:60])
        self.github([issue])
        self.of_saved(tracking_issue="books")
        [kept] = self.issues()
        self.assertEqual(kept["state"], "closed")
        self.assertIn("## citecheck", kept["body"])

    def test_parts_of_an_audit_leave_it_alone(self):
        if not PARTS:
            self.skipTest("this citecheck checks no parts")
        self.of_saved(self.limited, tracking_issue="true")
        self.assertEqual(self.issues(), [])

    def test_pull_requests_leave_it_alone(self):
        for event in ["pull_request", "pull_request_target"]:
            self.of_saved(tracking_issue="true", github={"event_name": event})
            self.assertEqual(self.issues(), [])

    def test_what_counts_is_what_fails_a_run(self):
        def warnings(report):
            [article] = report["articles"]
            found = [f for f in article["findings"] if f["severity"] == "warning"][:2]
            self.clean(report)
            article["findings"] = found
            report["counts"]["severities"] = {"warning": 2}

        self.of_saved(warnings, tracking_issue="true")
        self.assertEqual(self.issues(), [])
        self.of_saved(warnings, tracking_issue="true", fail_on="warning")
        self.assertEqual(len(self.issues()), 1)


class Install(ActionTest):
    def cargo(self):
        """A cargo that installs a file, in a folder that comes first."""
        folder = self.folder / "toolchain"
        folder.mkdir()
        cargo = folder / "cargo"
        cargo.write_text(
            "#!/usr/bin/env bash\n"
            'echo "$*" >"$CARGO_SAID"\n'
            'while [[ "$1" != --root ]]; do shift; done\n'
            f'ln -sf {CITECHECK} "$2/bin/citecheck"\n',
            encoding="utf-8",
        )
        cargo.chmod(0o755)
        return {
            "PATH": f"{folder}:{ROOT}/tests/action/bin:{os.environ['PATH']}",
            "CARGO_SAID": str(self.folder / "cargo-said"),
        }

    def release(self, **more):
        version = re.search('^version = "(.*)"', (ROOT / "Cargo.toml").read_text(), re.M).group(1)
        name = f"citecheck-{version}-x86_64-unknown-linux-musl"
        archive = self.folder / f"{name}.tar.gz"
        program = self.folder / "released"
        program.write_text(f'#!/bin/sh\nexec {CITECHECK} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(program, f"{name}/citecheck")
        refs = {f"v{version}": "c0ffee", "v1": "c0ffee", "main": "decaf"}
        release = {"archive": str(archive), "attested": True, "refs": refs, **more}
        self.github([], release=release)

    def test_it_is_built_from_the_sources_and_kept(self):
        environment = self.cargo()
        run = self.run_action(binary="", environment=environment)
        self.assertEqual(run.outputs["exit-status"], "1", run.log)
        said = Path(environment["CARGO_SAID"]).read_text(encoding="utf-8")
        self.assertTrue(said.startswith(f"install --locked --path {ROOT} --root "), said)
        restored = self.used(run, "actions/cache/restore")[0]
        kept = self.used(run, "actions/cache/save")[0]
        self.assertEqual(restored, kept)
        self.assertRegex(kept["key"], "^citecheck-program-Linux-X64-[0-9a-f]{64}$")

    def test_the_release_of_this_very_commit_is_taken(self):
        used = {"action_repository": "o/citecheck"}
        for ref, change, built in [
            ("v1", {}, False),
            ("main", {}, True),
            ("nowhere", {}, True),
            ("v1", {"attested": False}, True),
        ]:
            with self.subTest(ref=ref, change=change):
                shutil.rmtree(self.folder / "toolchain", ignore_errors=True)
                environment = self.cargo()
                said = Path(environment["CARGO_SAID"])
                said.unlink(missing_ok=True)
                self.release(**change)
                run = self.run_action(
                    binary="", environment=environment, github={**used, "action_ref": ref}
                )
                self.assertEqual(run.outputs["exit-status"], "1", run.log)
                self.assertEqual(said.exists(), built, run.log)


if __name__ == "__main__":
    unittest.main()
