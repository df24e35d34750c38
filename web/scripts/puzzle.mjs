// The puzzle of the waiting page: which eight letters after the question give a hash of SHA-256 that begins with so many zero
// bits? The browser's own SHA-256 makes a promise of each hash, which costs a hundred times the hash; and it is missing where a
// page comes without https. Question and answer fill one block, so one block is all there is to compute.

const K = new Int32Array(64)
const START = new Int32Array(8)
{
  // Cube and square roots of the first primes: shorter to compute than to send.
  const fraction = (root) => (root - Math.floor(root)) * 2 ** 32
  let found = 0
  for (let candidate = 2; found < 64; candidate += 1) {
    let prime = true
    for (let by = 2; by * by <= candidate; by += 1) if (candidate % by === 0) prime = false
    if (!prime) continue
    if (found < 8) START[found] = fraction(Math.sqrt(candidate)) | 0
    K[found] = fraction(Math.cbrt(candidate)) | 0
    found += 1
  }
}

const right = (word, by) => (word >>> by) | (word << (32 - by))

/** The first 32 bits of the hash of one block; `words` holds the block and room for 64 words. */
function firstWord(words) {
  for (let at = 16; at < 64; at += 1) {
    const early = words[at - 15]
    const late = words[at - 2]
    const s0 = right(early, 7) ^ right(early, 18) ^ (early >>> 3)
    const s1 = right(late, 17) ^ right(late, 19) ^ (late >>> 10)
    words[at] = (words[at - 16] + s0 + words[at - 7] + s1) | 0
  }
  let a = START[0]
  let b = START[1]
  let c = START[2]
  let d = START[3]
  let e = START[4]
  let f = START[5]
  let g = START[6]
  let h = START[7]
  for (let at = 0; at < 64; at += 1) {
    const one = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + K[at] + words[at]) | 0
    const two = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  return (START[0] + a) | 0
}

/** Four letters from a to p for sixteen bits. */
const letters = (bits) => 0x61616161 + (((bits & 0xf000) << 12) | ((bits & 0xf00) << 8) | ((bits & 0xf0) << 4) | (bits & 0xf))

/** Looks for the answer in slices: `tries` more at each call, until it is there. At most 32 bits. */
export function solver(question, bits) {
  const words = new Int32Array(64)
  for (let at = 0; at < 8; at += 1) {
    for (let sign = 0; sign < 4; sign += 1) words[at] = (words[at] << 8) | question.charCodeAt(4 * at + sign)
  }
  words[10] = 0x80000000 | 0
  words[15] = 8 * 40
  let number = 0
  return {
    /** How many were tried. */
    tried: () => number,
    look(tries) {
      for (const end = number + tries; number < end; number += 1) {
        words[8] = letters(number >>> 16)
        words[9] = letters(number & 0xffff)
        if (Math.clz32(firstWord(words)) >= bits) {
          const text = [words[8], words[9]].flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
          return String.fromCharCode(...text)
        }
      }
      return null
    },
  }
}
