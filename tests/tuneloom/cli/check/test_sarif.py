"""A check as SARIF 2.1.0."""

import json
from pathlib import Path

from tests.tuneloom.cli.check.conftest import Check
from tuneloom import __version__


def test_a_log_has_one_run_with_rules_results_and_places(check: Check) -> None:
    status, out, err = check("bad.abc", "--output-format", "sarif", "--select", "bar-length")
    assert (status, err) == (1, "")
    log = json.loads(out)
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    (rule,) = driver.pop("rules")
    assert driver == {"name": "tuneloom", "version": __version__}
    assert rule["id"] == "bar-length"
    assert rule["help"]["markdown"].startswith("# bar-length\n")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert run["results"] == [
        {
            "ruleId": "bar-length",
            "ruleIndex": 0,
            "level": "error",
            "message": {
                "text": "this bar lasts 2/4, and M:4/4 asks for 4/4; look for a wrong length, a note "
                "too many or too few, or a bar line that is missing"
            },
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "bad.abc"},
                        "region": {"startLine": 6, "startColumn": 6, "endLine": 6, "endColumn": 8},
                    },
                    "logicalLocations": [
                        {"name": "X:1 One bar too short, and one tie too many", "kind": "member"}
                    ],
                }
            ],
        }
    ]


def test_each_result_points_to_its_rule(check: Check) -> None:
    run = json.loads(check("bad.abc", "--output-format", "sarif")[1])["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["bar-length", "tie-pitch", "unknown-letter"]
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert [r["level"] for r in run["results"]] == ["error", "warning", "error"]


def test_a_path_is_a_uri(folder: Path, check: Check) -> None:
    (folder / "our tunes").mkdir()
    (folder / "bad.abc").rename(folder / "our tunes" / "50%.abc")
    run = json.loads(check("our tunes", "--output-format", "sarif")[1])["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "our%20tunes/50%25.abc"}


def test_a_file_that_cannot_be_read_is_a_notification(check: Check) -> None:
    status, out, err = check("missing.abc", "good.abc", "--output-format", "sarif")
    (run,) = json.loads(out)["runs"]
    (invocation,) = run["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert (status, run["results"]) == (2, [])
    assert not invocation["executionSuccessful"]
    assert notification["level"] == "error"
    assert f"error: {notification['message']['text']}\n" == err
