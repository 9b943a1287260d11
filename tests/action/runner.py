"""Runs action.yml as GitHub would, as far as it needs it: inputs with their defaults, expressions,
conditions, environments and outputs of steps. `run:` steps run; `uses:` steps are written down with
what they are given, and answer as told.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r"\s*(?:(==|!=|&&|\|\||\(|\)|!)|'((?:[^']|'')*)'|([\w.-]+))")


class Expressions:
    """GitHub's expressions: names, texts, `always()`, comparison, and, or, not."""

    def __init__(self, look_up, ok):
        self.look_up = look_up
        self.ok = ok

    def value(self, text):
        self.tokens = [m.group(1, 2, 3) for m in TOKEN.finditer(text)]
        assert "".join(TOKEN.sub("", text).split()) == "", text
        self.at = 0
        value = self.either()
        assert self.at == len(self.tokens), text
        return value

    def fill(self, text):
        def put(match):
            value = self.value(match.group(1))
            return value if isinstance(value, str) else str(value).lower()

        return re.sub(r"\$\{\{(.*?)\}\}", put, str(text))

    def condition(self, text):
        """A condition that names no status function has `success()` before it."""
        if text is None:
            return self.ok
        value = self.value(str(text))
        return bool(value) and ("always()" in text or self.ok)

    def operator(self, name):
        if self.at < len(self.tokens) and self.tokens[self.at][0] == name:
            self.at += 1
            return True
        return False

    def either(self):
        value = self.both()
        while self.operator("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.same()
        while self.operator("&&"):
            other = self.same()
            value = value and other
        return value

    def same(self):
        value = self.one()
        if self.operator("=="):
            return value == self.one()
        if self.operator("!="):
            return value != self.one()
        return value

    def one(self):
        if self.operator("!"):
            return not self.one()
        if self.operator("("):
            value = self.either()
            assert self.operator(")")
            return value
        _, text, name = self.tokens[self.at]
        self.at += 1
        if text is not None:
            return text.replace("''", "'")
        if self.operator("("):
            assert self.operator(")") and name == "always", name
            return True
        return self.look_up(name)


class Run:
    """One use of the action. After `go`: `ok`, `log`, `outputs`, `used`, `summary`."""

    def __init__(self, given, folder, github=None, environment=None, answers=None):
        self.action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
        self.folder = Path(folder)
        self.temp = Path(tempfile.mkdtemp(dir=self.folder))
        self.github = {
            "token": "a-token",
            "workflow": "links: all / of it",
            "job": "audit",
            "run_id": "17",
            "run_attempt": "1",
            "action_repository": "",
            "action_ref": "",
            "event_name": "schedule",
            **(github or {}),
        }
        self.environment = environment or {}
        self.answers = answers or {}
        self.steps = {}
        self.used = []
        self.log = ""
        self.ok = True
        self.inputs = {}
        unknown = set(given) - set(self.action["inputs"])
        assert not unknown, f"no such inputs: {unknown}"
        expressions = self.expressions()
        for name, about in self.action["inputs"].items():
            default = expressions.fill(about.get("default", ""))
            self.inputs[name] = given.get(name, default)
        self.summary_file = self.temp / "summary.md"

    def expressions(self):
        return Expressions(self.look_up, self.ok)

    def look_up(self, name):
        kind, _, rest = name.partition(".")
        if kind == "inputs":
            return self.inputs[rest]
        if kind == "github":
            return self.github[rest]
        assert kind == "steps", name
        step, _, rest = rest.partition(".")
        known = {step.get("id") for step in self.action["runs"]["steps"]}
        assert step in known, f"no step {step}"
        step = self.steps.get(step, {"outputs": {}, "outcome": "skipped"})
        if rest == "outcome":
            return step["outcome"]
        return step["outputs"].get(rest.removeprefix("outputs."), "")

    def go(self):
        for number, step in enumerate(self.action["runs"]["steps"]):
            expressions = self.expressions()
            entry = {"outputs": {}, "outcome": "skipped"}
            if expressions.condition(step.get("if")):
                if "uses" in step:
                    entry = self.use(step, expressions)
                else:
                    entry = self.execute(step, expressions, number)
                self.ok &= entry["outcome"] == "success"
            if "id" in step:
                self.steps[step["id"]] = entry
        expressions = self.expressions()
        self.outputs = {
            name: expressions.fill(about["value"])
            for name, about in self.action["outputs"].items()
        }
        self.summary = ""
        if self.summary_file.exists():
            self.summary = self.summary_file.read_text(encoding="utf-8")
        return self

    def use(self, step, expressions):
        name, _, commit = step["uses"].partition("@")
        assert re.fullmatch(r"[0-9a-f]{40}", commit), f"{name} is not pinned by commit"
        given = {key: expressions.fill(value) for key, value in step.get("with", {}).items()}
        self.used.append((name, given))
        return {"outputs": self.answers.get(name, {}), "outcome": "success"}

    def execute(self, step, expressions, number):
        assert "${{" not in step["run"], "an expression inside a script"
        assert step["shell"] == "bash"
        outputs = self.temp / f"outputs-{number}"
        outputs.touch()
        environment = {
            "PATH": f"{ROOT}/tests/action/bin:{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/"),
            "LC_ALL": "C.UTF-8",
            "RUNNER_TEMP": str(self.temp),
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary_file),
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "o/n",
            "GITHUB_RUN_ID": self.github["run_id"],
            "GITHUB_EVENT_NAME": self.github["event_name"],
            **self.environment,
        }
        for name, value in step.get("env", {}).items():
            environment[name] = expressions.fill(value)
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        self.log += done.stdout.decode("utf-8")
        lines = outputs.read_text(encoding="utf-8").splitlines()
        return {
            "outputs": dict(line.split("=", 1) for line in lines),
            "outcome": "success" if done.returncode == 0 else "failure",
        }
