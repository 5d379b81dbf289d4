// How far this person has read one room: where the line "new" stands, and the last message they have seen. Pure state.

export class Reading {
  /** The seq of the first message that came while nobody looked; null when there is no line. */
  newFrom = null;
  /** The highest seq that was on the screen; null until there was one. */
  seenTo = null;

  /** Others said something. Whoever looks at the end of the room needs no line. */
  arrived(seq, isLooking) {
    if (!isLooking) this.newFrom ??= seq;
  }

  saw(seq) {
    this.seenTo = Math.max(this.seenTo ?? 0, seq);
  }

  /** The person turned to something else. Who had not come to the end finds the line again. */
  left(wasAtEnd) {
    if (wasAtEnd) this.newFrom = null;
  }

  /** Who answers has read. */
  said() {
    this.newFrom = null;
  }

  /** Another log: its numbers mean nothing to us. */
  forget() {
    this.newFrom = null;
    this.seenTo = null;
  }
}
