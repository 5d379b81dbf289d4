// The numbers of a log that a page knows to exist but has not read: ranges, ascending, none touching. Pure state.

export class Holes {
  #ranges = []; // { from, to }, both included

  get ranges() {
    return this.#ranges;
  }

  /** Adds a range above all others; it grows the last one when they touch. */
  dig(from, to) {
    if (from > to) return;
    const last = this.#ranges[this.#ranges.length - 1];
    if (last === undefined || last.to + 1 < from) this.#ranges = [...this.#ranges, { from, to }];
    else this.#ranges = [...this.#ranges.slice(0, -1), { from: last.from, to: Math.max(last.to, to) }];
  }

  /** The range that contains the number. */
  at(seq) {
    return this.#ranges.find(({ from, to }) => from <= seq && seq <= to);
  }

  /** The range is known now from its lower end to `reached`, included. */
  fill(range, reached) {
    const rest = { from: reached + 1, to: range.to };
    this.#ranges = this.#ranges.map((each) => (each === range ? rest : each)).filter(({ from, to }) => from <= to);
  }

  /** Numbers below the floor are no holes. */
  clip(floor) {
    const clipped = this.#ranges.map(({ from, to }) => ({ from: Math.max(from, floor), to }));
    this.#ranges = clipped.filter(({ from, to }) => from <= to);
  }

  clear() {
    this.#ranges = [];
  }
}
