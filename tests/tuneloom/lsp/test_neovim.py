"""The server in Neovim, without a window: what it marks, formats, explains, lists and repairs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.skipping import skip_without
from tuneloom.grammar.errors import UsageError

pytestmark = pytest.mark.slow

# `start_client` and `buf_request_sync` are in every Neovim from 0.5 to 0.12.
SCRIPT = """
local python, book, answers = unpack(vim.fn.json_decode(vim.env.TUNELOOM_TEST))
local id = vim.lsp.start_client({ cmd = { python, "-m", "tuneloom", "lsp" }, root_dir = vim.fn.getcwd() })
vim.cmd("edit " .. book)
vim.lsp.buf_attach_client(0, id)
local uri = { uri = vim.uri_from_bufnr(0) }
local function settled(wanted)
  vim.wait(60000, function() return #vim.diagnostic.get(0) == wanted end, 50)
  local found = {}
  for _, mark in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { mark.lnum, mark.col, mark.code })
  end
  return found
end
local function ask(method, params)
  params.textDocument = uri
  local done = vim.lsp.buf_request_sync(0, method, params, 60000)
  return done[id].result
end
local said = { opened = settled(3) }
vim.api.nvim_buf_set_text(0, 5, 0, 5, 0, { "k" })
said.typed = settled(2)
vim.cmd("undo")
said.undone = settled(3)
local there = { line = 4, character = 8 }
said.hover = ask("textDocument/hover", { position = there }).contents.value
said.symbols = #ask("textDocument/documentSymbol", {})
local mark = { start = { line = 11, character = 1 }, ["end"] = { line = 11, character = 2 } }
local finding = { range = mark, code = "reserved-character", source = "tuneloom", message = "" }
local actions = ask("textDocument/codeAction", { range = mark, context = { diagnostics = { finding } } })
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
local edits = ask("textDocument/formatting", { options = { tabSize = 4, insertSpaces = true } })
vim.lsp.util.apply_text_edits(edits, vim.fn.bufnr(), "utf-16")
said.text = vim.api.nvim_buf_get_lines(0, 0, -1, false)
vim.fn.writefile({ vim.fn.json_encode(said) }, answers)
vim.cmd("qall!")
"""
BOOK = """X:1
T:é😀
M:4/4
L:1/4
K:D major
"😀"A2Bc d |ABc-d|

X:2
T:b
L:1/4
K:D
A *B|
"""


def test_neovim_marks_explains_repairs_and_formats(tmp_path: Path) -> None:
    with skip_without("Neovim"):
        nvim = find_neovim()
    book, answers, script = (tmp_path / name for name in ("book.abc", "answers.json", "run.lua"))
    book.write_text(BOOK, encoding="utf-8")
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [nvim, "--headless", "-u", "NONE", "-S", script],
        env=environment(tmp_path, [sys.executable, str(book), str(answers)]),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert answers.is_file(), done.stderr
    said = json.loads(answers.read_text(encoding="utf-8"))
    assert said["opened"] == [
        [5, 6, "bar-length"],
        [5, 16, "tie-pitch"],
        [11, 2, "reserved-character"],
    ]
    assert said["typed"] == [[5, 0, "unknown-letter"], [11, 2, "reserved-character"]]
    assert said["undone"] == said["opened"]
    assert "D major: C♯, F♯" in said["hover"]
    assert said["symbols"] == 2
    assert said["text"][4:6] == ["K:D", '"😀"A2Bc d|ABc-d|']
    assert said["text"][11] == "A B|"


def find_neovim() -> str:
    found = shutil.which("nvim")
    if found is None:
        raise UsageError("there is no nvim")
    return found


def environment(folder: Path, given: list[str]) -> dict[str, str]:
    """The environment of Neovim, whose own files stay in a folder of the test."""
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    return os.environ | homes | {"TUNELOOM_TEST": json.dumps(given)}
