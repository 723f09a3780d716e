"""The extension for VS Code: its files, its grammar, and what it asks of VS Code."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import run_in_node

FOLDER = Path(__file__).parents[3] / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
GRAMMAR = json.loads((FOLDER / "syntaxes" / "abc.tmLanguage.json").read_text(encoding="utf-8"))

# VS Code and its client, as far as the extension uses them; they note what is asked of them.
STUBS = """
const Module = require("module");
const load = Module._load;
const asked = [], commands = {}, panel = { webview: {}, onDidDispose() {}, reveal() {} };
const vscode = {
  workspace: {
    getConfiguration: () => ({ get: () => [process.execPath, "-e", SPEAKER] }),
    createFileSystemWatcher: (pattern) => asked.push(`watch ${pattern}`),
    onDidSaveTextDocument: () => ({}),
    onDidChangeConfiguration: () => ({}),
  },
  commands: { registerCommand: (name, run) => (commands[name] = run) },
  window: {
    showErrorMessage: (text) => asked.push(text),
    createWebviewPanel: () => panel,
    activeTextEditor: { document: {
      languageId: "abc", fileName: "/books/kesh.abc", uri: "file:///books/kesh.abc", getText: () => "X:1",
    } },
  },
  ViewColumn: {},
};
class LanguageClient {
  constructor(id, name, server) { asked.push(server.args.at(-1)); }
  async start() { asked.push("start"); }
  async stop() { asked.push("stop"); }
  isRunning() { return true; }
}
Module._load = (name, ...rest) =>
  name === "vscode" ? vscode
  : name === "vscode-languageclient/node" ? { LanguageClient } : load(name, ...rest);
// In place of `tuneloom`: the page is the arguments.
const SPEAKER = `
  const args = process.argv.slice(1);
  require("fs").writeFileSync(args.at(-1), args.slice(0, -2).join(" "));
`;
"""
BODY = """
const extension = require(input);
await extension.activate({ subscriptions: [] });
await commands["tuneloom.preview"]();
await commands["tuneloom.restart"]();
await extension.deactivate();
return { asked, commands: Object.keys(commands), page: panel.webview.html };
"""


def test_the_extension_starts_the_server_shows_a_page_and_stops() -> None:
    done = run_in_node(STUBS, BODY, str(FOLDER / "extension.js"))
    once = ["watch **/pyproject.toml", "lsp", "start", "stop"]
    assert done["asked"] == once + once
    assert re.fullmatch(r"page \S+/kesh\.abc", done["page"])
    listed = [each["command"] for each in MANIFEST["contributes"]["commands"]]
    assert sorted(done["commands"]) == sorted(listed)


def test_the_files_that_the_manifest_names_are_there() -> None:
    [language], [grammar] = (MANIFEST["contributes"][name] for name in ("languages", "grammars"))
    for name in (MANIFEST["main"], language["configuration"], grammar["path"]):
        assert (FOLDER / name).is_file()
    assert (language["id"], language["extensions"]) == ("abc", [".abc"])
    assert grammar["scopeName"] == GRAMMAR["scopeName"]
    json.loads((FOLDER / language["configuration"]).read_text(encoding="utf-8"))


def patterns(node: Any) -> Iterator[dict[str, Any]]:
    """The patterns in a grammar, in the order in which they are tried."""
    for each in node.get("patterns", [node]):
        if "include" in each:
            yield from patterns(GRAMMAR["repository"][each["include"][1:]])
        else:
            yield each


def scopes(line: str) -> list[tuple[str, str]]:
    """The pieces of a line, each with its scope, as far as a grammar of single lines gives them."""
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(line):
        hits = [
            (match, each)
            for each in patterns(GRAMMAR)
            if (match := re.compile(str(each.get("match") or each["begin"])).search(line, position))
        ]
        if not hits:
            break
        match, each = min(hits, key=lambda hit: hit[0].start())
        captures = each.get("captures", {})
        if "name" in each:
            found.append((match[0], each["name"]))
        else:
            found += [(match[int(n)], c["name"]) for n, c in captures.items() if match[int(n)]]
        position = max(match.end(), position + 1)
    return [(text, scope.removesuffix(".abc")) for text, scope in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("X:12", [("X:", "keyword.control"), ("12", "constant.numeric")]),
        ("T:The Kesh", [("T:", "keyword.other.field"), ("The Kesh", "entity.name.section")]),
        ("K:Ddor", [("K:", "keyword.other.field"), ("Ddor", "constant.language")]),
        ("G:|", [("G", "variable.other.note"), (":|", "keyword.operator.bar")]),
        ("%%staves", [("%%staves", "meta.preprocessor")]),
        (
            '"Gm7"!trill!^f,2|1',
            [
                ('"Gm7"', "support.type.chord"),
                ("!trill!", "support.function.decoration"),
                ("^", "storage.modifier.accidental"),
                ("f", "variable.other.note"),
                (",", "variable.other.octave"),
                ("2", "constant.numeric.length"),
                ("|1", "keyword.operator.bar"),
            ],
        ),
        ("(3c|]", [
            ("(3", "constant.numeric.tuplet"), ("c", "variable.other.note"), ("|]", "keyword.operator.bar"),
        ]),
        ('"^slow"z2% so', [
            ('"^slow"', "string.quoted.double.annotation"),
            ("z", "variable.language.rest"),
            ("2", "constant.numeric.length"),
            ("% so", "comment.line.percentage"),
        ]),
    ],
)  # fmt: skip
def test_a_line_is_highlighted(line: str, expected: list[tuple[str, str]]) -> None:
    assert scopes(line) == expected
