"""The pages hold together: links lead somewhere, and paths and modules they name exist."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULE_PAGES = ROOT / "docs" / "rules"
PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    if page.parent != RULE_PAGES or page.name == "README.md"
)
FOLDERS = ("grammar", "corpus", "pipeline", "model", "tuneloom", "tests", "benchmarks", "docs")
# Files that are the reader's own.
EXAMPLES = {"model.py", "my_module.py"}

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[(?:[^][]|\[[^]]*\])*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*")
BENCHMARK = re.compile(r"python -m\s+benchmarks\s+(\w+)")
IMPORT = re.compile(r"^ *from (tuneloom(?:\.\w+)*) import (.+)$", re.MULTILINE)
MODULE = re.compile(r"\btuneloom(?:\.\w+)+")


def prose(page: Path) -> str:
    """The text of a page without its code blocks."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as GitHub makes them."""
    seen: Counter[str] = Counter()
    names = set()
    for heading in HEADING.findall(prose(page)):
        text = LINK.sub(lambda link: link[0][1 : link[0].index("](")], heading)
        slug = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        names.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return names


def broken_links(page: Path) -> Iterator[str]:
    for target in LINK.findall(INLINE_CODE.sub("", prose(page))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


def inline_code(page: Path) -> Iterator[str]:
    """The words of a page that are set as code."""
    for code in INLINE_CODE.findall(prose(page)):
        yield from code.split()


def is_module(name: str) -> bool:
    """Whether a dotted name is a module, or something inside one."""
    package, _, last = name.rpartition(".")
    try:
        return find_spec(name) is not None or find_spec(package) is not None
    except ModuleNotFoundError:
        return last[:1].isupper() and is_module(package)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def test_the_pages_are_found() -> None:
    names = {named(page) for page in PAGES}
    assert {"README.md", "docs/architecture.md", "docs/rules/README.md"} <= names
    assert len(names) >= 12


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_within_the_repository_leads_to_a_file_and_a_heading(page: Path) -> None:
    assert list(broken_links(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    paths = [word for word in inline_code(page) if PATH.fullmatch(word)]
    assert [path for path in paths if not ROOT.joinpath(path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_source_file_that_a_page_names_without_a_folder_exists(page: Path) -> None:
    names = {word for word in inline_code(page) if re.fullmatch(r"\w+\.(py|lark)", word)}
    ours = {path.name for folder in FOLDERS for path in ROOT.joinpath(folder).rglob("*.*")}
    assert names - ours - EXAMPLES == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_module_that_a_page_names_exists(page: Path) -> None:
    names = set(MODULE.findall(page.read_text(encoding="utf-8")))
    assert sorted(name for name in names if not is_module(name)) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_import_that_a_page_shows_is_of_a_name_that_the_module_defines(page: Path) -> None:
    missing = []
    for module, names in IMPORT.findall(page.read_text(encoding="utf-8")):
        spec = find_spec(module)
        source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
        missing += [f"{module}.{name}" for name in names.split(", ") if name not in source]
    assert missing == []


def test_every_benchmark_that_a_page_names_exists() -> None:
    named_in_pages = {
        name for page in PAGES for name in BENCHMARK.findall(page.read_text(encoding="utf-8"))
    }
    modules = {path.stem for path in ROOT.glob("benchmarks/*/*.py")}
    assert len(named_in_pages) > 10
    assert named_in_pages - modules == set()


def test_the_map_has_every_room_and_the_folders_in_it() -> None:
    rooms = [ROOT / room for room in ("grammar", "corpus", "pipeline", "model", "tuneloom")]
    folders = {
        f"{folder.parent.relative_to(ROOT)}/"
        for room in rooms
        for folder in (*room.glob("__init__.py"), *room.glob("*/__init__.py"))
        if not folder.parent.is_symlink() and len([*folder.parent.glob("*.py")]) > 1
    }
    assert len(folders) > 25
    assert folders - set(inline_code(ROOT / "docs" / "architecture.md")) == set()


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n[a](#one) [b](#two) [c](none.md) [d](https://x.org) `[e](none.md)`\n")
    assert list(broken_links(page)) == ["#two", "none.md"]


def test_the_readme_is_short() -> None:
    assert len(ROOT.joinpath("README.md").read_text(encoding="utf-8").splitlines()) <= 180
