// The training tune that is nearest to the one that is open, beside it, with the bars that both have marked.

class NearestTuneView {
  constructor() {
    this.parts = Object.fromEntries(
      ["nearest", "nearest-name", "nearest-note", "nearest-score"].map((id) => [id, document.getElementById(id)]));
  }

  /** Make room for it, or take the room away. @param {Entry} entry */
  prepare(entry) {
    this.parts.nearest.hidden = !entry.nearest;
    document.body.classList.toggle("with-nearest", Boolean(entry.nearest));
  }

  /**
   * @param {Entry} entry
   * @param {Score | null} score - of the entry, if its text is the one that was compared
   */
  show({nearest}, score) {
    if (!nearest) return;
    const {"nearest-name": name, "nearest-note": note, "nearest-score": host} = this.parts;
    name.textContent = nearest.title || "Untitled";
    note.textContent = nearestNote(nearest);
    try {
      markShared(engrave(host, nearest.abc, {label: `Score of ${nearest.title}`}), nearest.sharedThere);
    } catch (error) {
      host.textContent = `This tune cannot be engraved: ${error.message}`;
    }
    if (score) markShared(score, nearest.shared);
  }
}

/** Give the notes of shared bars a colour. @param {Score} score */
function markShared(score, shared) {
  for (const [, , start, end] of shared) {
    for (const svg of picturesBetween(score, start, end)) svg.classList.add("shared");
  }
}

/** What there is to say of it. @param {Entry["nearest"]} nearest */
function nearestNote({id, similarity, notes, isCopy, shared, sharedThere}) {
  const bars = (stretches) => stretches.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(", ");
  const common = shared.length
    ? `Marked: bars ${bars(shared)}, there bars ${bars(sharedThere)}.`
    : "They have no bar in common.";
  const copy = isCopy ? "A copy of a training tune. " : "";
  const longest = `The longest passage shared with any training tune has ${notes} notes.`;
  return `${copy}Similarity ${similarity.toFixed(2)}, id ${id}. ${longest} ${common}`;
}
