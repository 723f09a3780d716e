"""The exit statuses of the `tuneloom` command.

0    success
1    findings, or the reader of the output went away
2    wrong usage, a file that cannot be read or written, or a package that is not installed
3    a figure below the threshold that was asked for
4    a run that failed under way
130  Ctrl-C

2, 3 and 4 come with the exceptions of `tuneloom.grammar.errors`.
"""

__all__ = ["FINDINGS", "INTERRUPTED", "USAGE"]

FINDINGS = 1
USAGE = 2
INTERRUPTED = 130
