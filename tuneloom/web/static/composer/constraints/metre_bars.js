// Which bar line may come next, and whether the tune may end; model/constraints/metre/bars.py explains the rules.

const LAST_ENDING = 4;

const isFull = (bar) => lacks(bar, 0);

/** Whether a plain `|` may come here, with more of the section to follow. */
const allowsBarLine = (bar) => isFull(bar) || isPickup(bar);

/** Whether a double bar, or a sign that opens a repeat, may come here. */
const allowsDoubleBar = (bar) => allowsBarLine(bar) || lacks(bar, bar.pickup);

/** Whether a sign that closes a repeat may come here. */
const allowsRepeatEnd = (bar) => bar.repeat !== AMBIGUOUS && lacks(bar, bar.repeatsPickup ? bar.pickup : 0);

/** Whether the bar is long enough for the tune to end with it. */
const allowsTuneEnd = (bar) => lacks(bar, 0) || lacks(bar, bar.pickup);

/** Whether the tune has a note and no tie, repeat or ending is open. */
const isAllClosed = (bar) => bar.hasNote && !bar.isTied && bar.repeat !== 1 && bar.ending !== 1;

/** The state after a plain `|`, or the `|` of a volta. */
function afterBarLine(bar) {
  const after = { ...bar, elapsed: 0, hasContent: false, isFirstBar: false };
  return isPickup(bar) ? { ...after, pickup: bar.elapsed, repeatsPickup: true, hasNote: false } : after;
}

/** The state after a double bar, or after one that opens a repeat; a pickup before that line is not repeated. */
function afterSection(bar, opens = false) {
  const after = isPickup(bar) ? afterBarLine(bar) : afterSplit(bar);
  const withPickup = !isPickup(bar) && after.elapsed > 0;
  if (opens) return beginSection(after, withPickup, 1);
  if (bar.repeat === 1 || withPickup === after.repeatsPickup) return { ...after, ending: 0 };
  return beginSection(after, withPickup, AMBIGUOUS);
}

function afterRepeatEnd(bar, repeat = 0) {
  return { ...afterSplit(bar), repeat, ending: 0 };
}

/** The state after a `|:` before which there is no music. */
function afterRepeatStart(bar) {
  return { ...bar, repeat: 1, ending: 0, repeatsPickup: bar.elapsed > 0 };
}

function beginSection(after, withPickup, repeat) {
  return { ...after, repeatsPickup: withPickup, repeat, ending: 0 };
}

/** The state after a bar line that may split a bar; what follows completes it. */
function afterSplit(bar) {
  const elapsed = bar.elapsed < bar.barLength ? bar.elapsed : 0;
  return { ...bar, elapsed, hasContent: false, isFirstBar: false };
}

function isPickup(bar) {
  return bar.isFirstBar && isComplete(bar) && bar.elapsed < bar.barLength;
}

function isComplete(bar) {
  return bar.hasContent && bar.tuplet === null && bar.brokenFactor === PLAIN;
}

function lacks(bar, time) {
  return isComplete(bar) && (bar.barLength === UNTIMED || bar.barLength - bar.elapsed === time);
}
