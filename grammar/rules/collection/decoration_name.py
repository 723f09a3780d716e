"""A decoration that no program knows, often one that is misspelt.

A decoration is known by its name, and small and capital letters differ (4.14). Programs leave out one that
they do not know, or print its name above the note. Known are the names of the standard, and those that
abcm2ps, abcjs and abc2midi add; a tune may define more by `%%deco`.

```abc
!tril!A4 !Fermata!B4|
```

**Repair**: none; but the name that was probably meant is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import DECORATION_LETTERS

__all__ = ["RULE"]

_STANDARD_NAMES = """
    trill trill( trill) lowermordent uppermordent mordent pralltriller roll turn turnx invertedturn
    invertedturnx arpeggio > accent emphasis fermata invertedfermata tenuto 0 1 2 3 4 5 + plus snap
    slide wedge upbow downbow open thumb breath pppp ppp pp p mp mf f ff fff ffff sfz crescendo( <(
    crescendo) <) diminuendo( >( diminuendo) >) segno coda D.S. D.C. dacoda dacapo fine shortphrase
    mediumphrase longphrase marcato ^ . editorial courtesy ~( ~) nohl
"""
# What programs know besides.
_OTHER_NAMES = """
    drum nodrum gchord nogchord D.C.alcoda D.C.alfine D.S.alcoda D.S.alfine dacs irishroll umarcato
    dmarcato mark style=normal style=harmonic style=rhythm style=x style=triangle / // /// //// trem1
    trem2 trem3 trem4 tie slur invisible xstem stemless beambr1 beambr2 beamon beam-accel beam-rall
    rbstop rbend head- sf sfp fp fffff ffffff ppppp pppppp cresc( cresc) dim( dim) dimin( dimin) 8va(
    8va) 8vb( 8vb) 15ma( 15ma) 15mb( 15mb) ped ped-end ped-up ped( ped) pedoff -( -) glissando(
    glissando) glissando gliss( gliss) gmark cpu tremolo tr dot opend hat staccatissimo sforzando
    longfermata shortfermata lphr mphr sphr cr( cr) di( di) breve repeatbar repeatbar2 grace snap(
    xmordent turnx( trill~ stem stemsoff gracenote
"""
_NAMES = frozenset(_STANDARD_NAMES.split()).union(DECORATION_LETTERS.values())
_KNOWN = _NAMES.union(_OTHER_NAMES.split())
_DEFINED = re.compile(r"^%%[ \t]*deco[ \t]+(\S+)", re.MULTILINE)
_VARIABLE = re.compile(r"head-.*|[0-5](?:[lr]?)|trem[1-9]|(?:deco|note|ls)[0-9]*")


def _unknown_decorations(context: RuleContext) -> Iterator[Violation]:
    if "!" not in context.text and "+" not in context.text:
        return
    known = _KNOWN.union(_DEFINED.findall(context.text))
    for token in context.tokens:
        if token.type != "DECORATION" or len(token) < 3:
            continue
        name = token[1:-1]
        if name not in known and not _VARIABLE.fullmatch(name):
            span = context.span(token.start, token.start + len(token))
            yield Violation(span, f"no program knows the decoration !{name}!", _help(name))


def _help(name: str) -> str:
    from difflib import get_close_matches

    spelled = {known.casefold(): known for known in sorted(_NAMES)}
    nearest = get_close_matches(name.casefold(), spelled, 1, cutoff=0.7)
    return f"did you mean `!{spelled[nearest[0]]}!`?" if nearest else ""


RULE = Rule(
    code="decoration-name",
    level="collection",
    check=_unknown_decorations,
    aspect="notes",
    severity="warning",
    help='write a decoration of section 4.14, or the text as an annotation, `"^text"`',
    doc=__doc__ or "",
)
