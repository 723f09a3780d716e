"""A check as a JUnit report, which CI systems show: a suite for each file, a case for each finding."""

from __future__ import annotations

from xml.etree import ElementTree

from tuneloom.cli.check.report import CheckedFile, CheckReport, FileFinding
from tuneloom.cli.text.snippets import snippet_of
from tuneloom.cli.text.tune_names import printable

__all__ = ["junit_report"]


def junit_report(report: CheckReport) -> str:
    """A file without findings is one case that passed, and what cannot be read is an error."""
    root = ElementTree.Element("testsuites", name="tuneloom check")
    for file in report.files:
        root.append(_suite(file))
    totals = {name: sum(int(suite.get(name, 0)) for suite in root) for name in _COUNTS}
    root.attrib.update({name: str(count) for name, count in totals.items()})
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode")


_COUNTS = ("tests", "failures", "errors")


def _suite(file: CheckedFile) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name=printable(file.name))
    for finding in file.findings:
        suite.append(_failed_case(finding))
    for fault in file.faults:
        case = _case(suite, file.name, "readable")
        ElementTree.SubElement(case, "error", type="unreadable-file", message=printable(fault))
    if not len(suite):
        _case(suite, file.name, f"{file.tunes:,} {'tune' if file.tunes == 1 else 'tunes'}")
    counts = (len(suite), len(file.findings), len(file.faults))
    suite.attrib.update({name: str(n) for name, n in zip(_COUNTS, counts, strict=True)})
    return suite


def _case(suite: ElementTree.Element, file: str, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", classname=printable(file), name=name)


def _failed_case(finding: FileFinding) -> ElementTree.Element:
    found = finding.found
    place = f"{finding.line}:{found.column}"
    name = f"{place} {found.code}" + (f" ({finding.tune_place})" if finding.tune_place else "")
    case = ElementTree.Element("testcase", classname=printable(finding.file), name=name)
    case.attrib.update(file=printable(finding.file), line=str(finding.line))
    failure = ElementTree.SubElement(
        case, "failure", type=found.code, message=printable(found.message)
    )
    lines = (finding.place, snippet_of(finding.source_line, found.span), f"help: {found.help}")
    failure.text = "\n".join(map(_xml_text, lines))
    return case


def _xml_text(text: str) -> str:
    """What XML can hold; the lines of a snippet remain."""
    return "\n".join(printable(line) for line in text.split("\n"))
