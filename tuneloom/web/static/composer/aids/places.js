// What kind of place a text has come to; model/aids/music/places.py has the definition.

const HEADER_FIELDS = "MLKR";
const PLACES_OF_MODES = { name: 6, "field line": 7, bracket: 8, letter: 9, field: 9 };

function placeOf(state) {
  if (state.mode === "header") return state.field ? 2 + HEADER_FIELDS.indexOf(state.field[0]) : 0;
  return PLACES_OF_MODES[state.mode] ?? placeInMusic(state);
}

function placeInMusic(state) {
  const { event } = state;
  if (state.aside) return 10;
  if (state.tuplet) return 11;
  if (state.accidental !== null && event !== "note" && event !== "inner") return 13;
  if (state.mode === "chord") return 14;
  if (state.barSign) return 22;
  if (state.mode === "line") return 23;
  if (state.isBlank) return 24;
  const byEvent = { note: 16, inner: 16, rest: 17, octave: 15, tie: 18 }[event];
  if (byEvent) return byEvent;
  if (state.arrows) return 12;
  if (state.length === "closed") return 21;
  if (state.slashes) return 19;
  return state.length ? 20 : 25;
}
