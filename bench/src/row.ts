/** One line of the table: what was measured, and beside what. */
export interface BenchRow {
  what: string
  value: number
  unit: string
  /** The same job done by somebody else, in the same run. */
  peer?: { name: string; value: number }
  /** value / peer.value. */
  ratio?: number
  aim?: string
}

export function median(values: readonly number[]): number {
  return percentile(values, 50)
}

/** Nearest rank; `values` need not be sorted. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!
}

export function withPeer(row: Omit<BenchRow, 'ratio' | 'peer'>, name: string, value: number): BenchRow {
  return { ...row, peer: { name, value }, ratio: row.value / value }
}
