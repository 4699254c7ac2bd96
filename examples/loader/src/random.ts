/** Numbers in [0, 1) that a seed decides (sfc32): the same on every machine, integer arithmetic alone. */
export function randomOf(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1]
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // Seeds that differ in one bit give unlike numbers only after some rounds.
  for (let round = 0; round < 16; round++) next()
  return next
}
