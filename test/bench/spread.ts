// What is said of repeated measurements: the median, and how far the runs lie apart.

/** How often everything is measured. */
export const ROUNDS = 9;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** "412 (398–455)": median, smallest and largest. */
export function spread(values: readonly number[], digits = 0): string {
  const say = (value: number) => value.toFixed(digits);
  return `${say(median(values))} (${say(Math.min(...values))}–${say(Math.max(...values))})`;
}

/** A Markdown table; its cells are written by us. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}
