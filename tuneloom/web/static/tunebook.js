// Print: the tunes of the list, or the one that is open, as a tunebook.

class Tunebook {
  /**
   * @param {() => Entry[]} chosen - the tunes to print where the reader uses the menu of the browser
   * @param {(entry: Entry) => string} textOf
   */
  constructor(chosen, textOf) {
    this.textOf = textOf;
    this.book = document.getElementById("tunebook");
    this.isReady = false;
    window.addEventListener("beforeprint", () => {
      if (!this.isReady) for (const _ of this.engraving(chosen())) continue; // by the browser's own menu
    });
    window.addEventListener("afterprint", () => this.clear());
  }

  /**
   * Engrave tunes while the page still answers, and then print them.
   *
   * @param {Entry[]} entries
   * @param {(text: string) => void} tell
   */
  async print(entries, tell) {
    let engraved = 0;
    for (const _ of this.engraving(entries)) {
      if (++engraved % 10 === 0) {
        tell(`Engraved ${engraved} of ${entries.length}`);
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    tell("");
    this.isReady = true;
    window.print();
  }

  /** Engraves one tune after another, of those that can be. @param {Entry[]} entries */
  *engraving(entries) {
    this.clear();
    this.book.classList.add("laid-out");
    for (const entry of entries) {
      const tune = document.createElement("div");
      tune.className = "printed";
      this.book.append(tune);
      try {
        engrave(tune, this.textOf(entry), {label: `Score of ${entry.title}`, print: true});
      } catch {
        tune.remove();
      }
      yield entry;
    }
    this.book.classList.remove("laid-out");
  }

  clear() {
    this.isReady = false;
    this.book.replaceChildren();
  }
}
