/** Medians and quartiles, and a table that tells each contestant beside the first. */

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Line {
  readonly title: string;
  readonly values: readonly number[];
  /** Said after the figures. */
  readonly note?: string;
}

/** `share`: which quantile of the values counts, 0.5 for the median. */
export function ratios(title: string, lines: readonly Line[], share = 0.5): string {
  const first = quantile(lines[0]?.values ?? [], share);
  const rows = lines.map(({ title: name, values, note = '' }) => {
    const value = quantile(values, share);
    const spread = `${quantile(values, 0.25).toFixed(1)}–${quantile(values, 0.75).toFixed(1)}`;
    return `| ${name} | ${value.toFixed(1)} | ${spread} | ${(value / first).toFixed(2)} | ${note} |`;
  });
  const head = share === 0.5 ? 'median' : `p${share * 100}`;
  return [`\n${title}\n`, `| | ${head} | quartiles | beside ours | |`, '|---|---:|---:|---:|---|', ...rows].join('\n');
}
