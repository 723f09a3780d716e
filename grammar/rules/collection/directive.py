"""A directive whose name is misspelt.

`%%` and `I:` instruct programs by name (11). A name that no program knows is overlooked without a word.
Programs define very many, so only those are reported that nearly have the name of one that is known.

```abc
%%titelfont Helvetica 16
K:G
G8|
```

A charset that `%%abc-charset` names (11.1), and that the file cannot be read in, is told as well.

**Repair**: none; but the name that was probably meant is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]

_DIRECTIVE = re.compile(
    r"(?:^%%[ \t]*|^I:[ \t]*|\[I:[ \t]*)(?P<name>[A-Za-z][A-Za-z-]{3,})(?=[ \t\]=]|$)"
)
_MIDI = re.compile(
    r"(?:^%%[ \t]*|^I:[ \t]*|\[I:[ \t]*)MIDI[ \t]+(?P<name>[A-Za-z]{4,})(?=[ \t\]=]|$)"
)
_SECTION = re.compile(r"%%[ \t]*(begin|end)(?:text|ps|svg|ml|js)\b")
# Those of the standard, of abcm2ps, abc2svg and abcjs.
_DIRECTIVES = """
    abc-charset abc-copyright abc-creator abc-edited-by abc-include abc-version decoration linebreak
    pageheight pagewidth topmargin botmargin leftmargin rightmargin indent landscape pagescale scale
    staffwidth staffsep sysstaffsep maxstaffsep maxsysstaffsep textspace titlespace subtitlespace
    composerspace musicspace partsspace infospace vocalspace wordsspace gchordspace parskipfac
    lineskipfac titlefont subtitlefont composerfont partsfont tempofont gchordfont annotationfont
    infofont textfont vocalfont wordsfont repeatfont measurefont barnumberfont barlabelfont voicefont
    footerfont headerfont historyfont tripletfont setfont text center begintext endtext beginps endps
    beginsvg endsvg beginml endml beginjs endjs vskip sep newpage header footer titleleft titlecaps
    titleformat titletrim composerfooter aligncomposer alignbars exprabove exprbelow barnumbers
    measurenb barnumber barnumberfirst setbarnb measurebox graceslurs gracespace infoline infoname
    printtempo printparts writefields writehistory straightflags stretchlast stretchstaff score staves
    multicol staff staffbreak stafflines staffnonote staffscale break breaklimit breakoneoln clip
    combinevoices contbarnb continueall custos dateformat deco dblrepbar dynalign dynamic dynamics
    flatbeams font format gchord gchordbox gstemdir hyphencont keydefs keywarn linewarn timewarn map
    maxshrink musiconly notespacingfactor oneperpage ornament partsbox postscript propagate-accidentals
    pos rbmax rbmin repbra repeat scorespace select shiftunison shifthnote slurheight splittune
    squarebreve stemheight stem surep systemsep titlecase transpose trebleclef tune tuplets user vocal
    vocalabove voice voicecombine voicecolor voicemap voicescale volume MIDI abcm2ps abc2pscompat
    autoclef bgcolor beamslope bardef barsperstaff bstemdown cancelkey capo checkbars chordnames
    chordalign colorstem diagram equalbars fullsvg gutter hyphen incipit justify jazzchords grid
    gridfont index indexfont infowidth lineskip maxvolume measrepnb measrepfont musicfont nedo nullgrace
    page pango playtempo quiet singleline soundfont stretch swing temper temperamentequal topspace
    trimsvg tabular tempo titleunderline visualtranspose visualTranspose percmap germanAlphabet
    graceword lyricsfont nobarcheck print printmargin continuous barsperline ending keyboard
    maxstaffwidth nomaxstaff papersize tripletbracket wordwrap
"""
# Those of abc2midi.
_MIDI_DIRECTIVES = """
    bassprog bassvol basstring beat beataccents beatmod beatstring bendstring bendstringex bendvelocity
    chan channel chordattack chordname chordprog chordvol control controlcombo controlstring
    deltaloudness divisions drone droneoff droneon drum drumbars drummap drumoff drumon drumvol expand
    fermatafixed fermataproportional gchord gchordbars gchordoff gchordon grace gracedivider
    makechordchannels minus noportamento nobarlines nobeataccents nochordattack pitchbend portamento
    program programbase ptstress randomchordattack ratio rtranspose snt stressmodel temperament
    temperamentequal temperamentlinear temperamentnormal transpose trim tuningsystem vol voice volinc
    barlines
"""
_NAMES = frozenset(_DIRECTIVES.split())
_MIDI_NAMES = frozenset(_MIDI_DIRECTIVES.split())


def _misspelt_directives(context: RuleContext) -> Iterator[Violation]:
    if "%%" not in context.text and "I:" not in context.text:
        return
    in_text = False
    for number, line in enumerate(context.lines, start=context.line):
        if section := _SECTION.match(line):
            in_text = section[1] == "begin"
        if in_text:
            continue
        for pattern, known in ((_DIRECTIVE, _NAMES), (_MIDI, _MIDI_NAMES)):
            for found in pattern.finditer(line):
                if near := _misspelt(found["name"], known):
                    span = Span(number, found.start("name") + 1, number, found.end("name") + 1)
                    message = f"no program knows the directive {found['name']}"
                    yield Violation(span, message, f"did you mean `{near}`?")


def _misspelt(name: str, known: frozenset[str]) -> str:
    """The name that was meant, if this one is nearly it; capital letters are left to programs."""
    folded = {each.casefold(): each for each in sorted(known)}
    if name.casefold() in folded:
        return ""
    from difflib import get_close_matches  # seldom needed, and slow to import

    nearest = get_close_matches(name.casefold(), folded, 1, cutoff=0.8)
    return folded[nearest[0]] if nearest else ""


RULE = Rule(
    code="directive",
    level="collection",
    check=_misspelt_directives,
    severity="warning",
    help="see the names in section 11 and in the manual of the program",
    doc=__doc__ or "",
)
