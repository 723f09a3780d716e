"""Folders are small, import each other in one direction, and are mirrored by the folders of tests."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from tests.house.source_tree import ROOMS, ROOT, imports_of, modules

MIN_MODULES, MAX_MODULES = 4, 12

# Folders of another size, and why.
OTHER_SIZES = {
    "benchmarks": "holds a folder for each group of benchmarks, and the command that runs them",
    "grammar/rules": "holds a folder for each level of rules",
    "grammar/rules/sound": "has one module per rule",
    "grammar/rules/strict": "has one module per rule",
    "model": "holds folders only",
    "model/score": "holds folders only",
    "tuneloom": "holds the public names and `python -m tuneloom`; the rest are folders",
}

# Test files that are named for no module, and what they are about.
TESTS_WITHOUT_A_MODULE = {
    "corpus/sources/test_downloads.py": "downloads of every kind of source",
    "grammar/parsing/test_refusals.py": "texts that the parser refuses",
    "grammar/rules/test_fixtures.py": "the fixture of each rule",
    "grammar/rules/test_help.py": "the help of findings, where a rule knows the likely cause",
    "grammar/rules/test_sound.py": "the rules of a level together",
    "grammar/test_limits.py": "long and deeply nested texts, from the book to the rules",
    "model/score/test_round_trip.py": "a tunebook, drawn and scored",
    "pipeline/dataset/test_tensorflow.py": "shards as TensorFlow reads them",
    "pipeline/export/test_libraries.py": "exports as other libraries read them",
    "pipeline/execution/test_flink.py": "runs on a Flink cluster",
    "pipeline/execution/test_spark.py": "runs on Spark in one process",
    "pipeline/execution/test_portable.py": "runs on Beam's portable runner",
    "pipeline/execution/test_processes.py": "runs in processes of their own",
    "tuneloom/cli/test_hostile_books.py": "books that no sane person writes, in every command",
    "tuneloom/lsp/test_neovim.py": "the language server in Neovim",
    "tuneloom/lsp/test_vscode.py": "the extension for VS Code, which is in editors/",
    "tuneloom/web/test_midi_file.py": "MIDI files that the scripts of the page write",
    "tuneloom/test_end_to_end.py": "from a source to a score",
    "tuneloom/test_hooks.py": "the hooks for pre-commit",
    "tuneloom/web/test_browser.py": "the page in Chromium",
    "tuneloom/web/test_synth.py": "the sound of the page in Chromium",
}


def folder_imports() -> dict[str, dict[str, str]]:
    """The folders that each folder imports, with the place of one such import."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for module in modules().values():
        if module.is_lazy_package:  # what it names is loaded only when asked for
            continue
        for line, name in imports_of(module.source):
            if name == "tuneloom.__version__":  # of the package that is always loaded first
                continue
            target = modules().get(name) or modules().get(name.rpartition(".")[0])
            if target and target.folder != module.folder:
                found[module.folder].setdefault(target.folder, f"{module.path}:{line}")
    return found


def circle_in(graph: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The imports that form a circle; none if there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        folders: list[str] = error.args[1]  # each is imported by the next
        pairs = zip(folders[1:], folders, strict=False)
        return [f"{one} imports {other} in {graph[one][other]}" for one, other in pairs]
    return []


def test_no_folders_import_each_other_in_a_circle() -> None:
    assert circle_in(folder_imports()) == []


def test_the_folders_of_a_room_are_seen() -> None:
    assert "grammar" in folder_imports()["corpus"]


def test_a_circle_is_found() -> None:
    graph = {"a": {"b": "a/x.py:1"}, "b": {"c": "b/y.py:2"}, "c": {"a": "c/z.py:3"}}
    assert sorted(circle_in(graph)) == [
        "a imports b in a/x.py:1",
        "b imports c in b/y.py:2",
        "c imports a in c/z.py:3",
    ]


def test_a_folder_holds_4_to_12_modules() -> None:
    sizes = Counter(module.folder for module in modules().values())
    others = {f for f, size in sizes.items() if not MIN_MODULES <= size <= MAX_MODULES}
    assert others == OTHER_SIZES.keys()


def test_a_test_file_is_named_for_a_module_and_lies_in_its_folder() -> None:
    tests = {path.relative_to(ROOT / "tests") for path in ROOT.glob("tests/**/test_*.py")}
    mirrored = {path for path in tests if path.parts[0] in ROOMS}
    assert len(mirrored) > 100
    modules_tested = {path: ROOT / path.with_name(path.name[len("test_") :]) for path in mirrored}
    others = {path.as_posix() for path, module in modules_tested.items() if not module.is_file()}
    assert others == TESTS_WITHOUT_A_MODULE.keys()
