/** What an outsider who reads the chain can do with the amounts of a batch. */
export interface Insight {
  /** How many of the payments have an amount that no other payment of the batch has. */
  unique: number;
  /** How many notes there will be. */
  notes: number;
  /** The size of the smallest group of equal notes. */
  smallestGroup: number;
}

/** The 1-2-5 series from one smallest unit up. */
function standardNotes(amount: bigint): bigint[] {
  const notes: bigint[] = [];
  let power = 1n;
  while (power * 10n <= amount) {
    power *= 10n;
  }
  for (let rest = amount; power > 0n; power /= 10n) {
    for (const step of [5n, 2n, 1n]) {
      for (; rest >= step * power; rest -= step * power) {
        notes.push(step * power);
      }
    }
  }
  return notes;
}

export function insightOf(amounts: bigint[], policy: 'exact' | 'standard'): Insight {
  const notes = policy === 'exact' ? amounts : amounts.flatMap(standardNotes);
  const groups = countBy(notes);
  const payments = countBy(amounts);
  return {
    unique: policy === 'exact'
      ? amounts.filter((amount) => payments.get(amount) === 1).length
      : amounts.filter((amount) => standardNotes(amount).some((note) => groups.get(note) === 1)).length,
    notes: notes.length,
    smallestGroup: Math.min(...groups.values()),
  };
}

/** How often each value stands in a list. */
export function countBy<T>(values: T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
