//! A seeded mutator: feeds a plain `fn(&[u8])` with damaged copies of good inputs. The same seed gives the same inputs,
//! so a failure found once is found again. `README.md` says how to run the same targets with cargo-fuzz.

/// Calls `f` with `seed` as it is, then with `rounds` damaged copies of it: flipped bits, changed bytes, cuts,
/// repeated, removed and moved pieces, edited length fields. Deterministic in `seed` and `rounds`.
pub fn mutations(seed: &[u8], rounds: usize, mut f: impl FnMut(&[u8])) {
    f(seed);
    let mut draw = Draw::of(seed);
    let mut before = seed.to_vec();
    for _ in 0..rounds {
        // Three of four start afresh, so that damage does not pile up until every input is refused at the first byte.
        let mut input = if draw.below(4) == 0 { before } else { seed.to_vec() };
        for _ in 0..=draw.below(3) {
            mutate(&mut input, &mut draw);
        }
        f(&input);
        before = input;
    }
}

/// Calls `f` as [`mutations`] does, for each of the inputs, and with the front of each spliced to the back of each other.
pub fn mutations_of(seeds: &[Vec<u8>], rounds: usize, mut f: impl FnMut(&[u8])) {
    for seed in seeds {
        mutations(seed, rounds, &mut f);
        let mut draw = Draw::of(seed);
        for other in seeds {
            let front = seed.get(..draw.below(seed.len() + 1)).unwrap_or_default();
            let back = other.get(draw.below(other.len() + 1)..).unwrap_or_default();
            f(&[front, back].concat());
        }
    }
}

/// Values at the edges of the fields that formats have.
const EDGES: [u64; 10] = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, u64::MAX];

fn mutate(input: &mut Vec<u8>, draw: &mut Draw) {
    if input.is_empty() {
        input.extend((0..=draw.below(32)).map(|_| draw.byte()));
        return;
    }
    let length = input.len();
    let from = draw.below(length);
    let to = from + draw.below((length - from).min(64) + 1);
    match draw.below(9) {
        0 => input[from] ^= 1 << draw.below(8),
        1 => input[from] = draw.byte(),
        2 => input.truncate(from),
        3 => drop(input.drain(from..to)),
        4 => {
            let piece = input[from..to].to_vec();
            let at = draw.below(length + 1);
            input.splice(at..at, piece);
        }
        5 => {
            let other = draw.below(length);
            input.swap(from, other);
        }
        6 => {
            let filling = [0, 0xff, draw.byte()][draw.below(3)];
            input[from..to].fill(filling);
        }
        7 => {
            // A length field of 1, 2, 4 or 8 bytes, set to an edge or moved by one, in either byte order.
            let width = [1, 2, 4, 8][draw.below(4)].min(length - from);
            let field = &mut input[from..from + width];
            let big = draw.below(2) == 0;
            let value = if draw.below(2) == 0 {
                EDGES[draw.below(EDGES.len())]
            } else {
                read(field, big).wrapping_add(1).wrapping_sub(2 * draw.below(2) as u64)
            };
            write(field, value, big);
        }
        _ => {
            let more = draw.below(64) + 1;
            input.extend((0..more).map(|_| draw.byte()));
        }
    }
}

fn read(field: &[u8], big: bool) -> u64 {
    let step = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
    if big { field.iter().fold(0, step) } else { field.iter().rev().fold(0, step) }
}

fn write(field: &mut [u8], value: u64, big: bool) {
    let bytes = value.to_le_bytes();
    let places = field.iter_mut().zip(bytes);
    for (place, byte) in places {
        *place = byte;
    }
    if big {
        field.reverse();
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): good enough to choose where to damage, and nothing more.
struct Draw(u64);

impl Draw {
    /// FNV-1a over the input, so that different inputs are damaged differently.
    fn of(seed: &[u8]) -> Self {
        Self(seed.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`, or 0 when there is none.
    fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { (self.next() % bound as u64) as usize }
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

#[cfg(test)]
mod tests {
    use super::{mutations, mutations_of};

    fn collect(seed: &[u8], rounds: usize) -> Vec<Vec<u8>> {
        let mut inputs = Vec::new();
        mutations(seed, rounds, |input| inputs.push(input.to_vec()));
        inputs
    }

    #[test]
    fn the_same_seed_gives_the_same_inputs() {
        assert_eq!(collect(b"a seed", 500), collect(b"a seed", 500));
    }

    #[test]
    fn another_seed_gives_other_inputs() {
        assert_ne!(collect(b"a seed", 500)[1..], collect(b"a seee", 500)[1..]);
    }

    #[test]
    fn the_good_input_comes_first_and_all_rounds_come() {
        let inputs = collect(b"a seed", 500);
        assert_eq!(inputs.len(), 501);
        assert_eq!(inputs[0], b"a seed");
    }

    #[test]
    fn every_way_of_damage_happens() {
        let seed = [0x55; 100];
        let inputs = collect(&seed, 2000);
        assert!(inputs.iter().any(|input| input.len() == 100 && input.iter().zip(&seed).map(|(one, other)| (one ^ other).count_ones()).sum::<u32>() == 1), "one flipped bit");
        assert!(inputs.iter().any(|input| input.len() < 100 && seed.starts_with(input)), "a cut");
        assert!(inputs.iter().any(|input| input.len() > 100), "a longer input");
        assert!(inputs.iter().any(|input| input.windows(4).any(|field| field == [0xff; 4])), "a field at its edge");
    }

    #[test]
    fn an_empty_input_is_no_trouble() {
        assert_eq!(collect(b"", 100).len(), 101);
    }

    #[test]
    fn inputs_are_spliced_with_each_other() {
        let seeds = vec![vec![1; 50], vec![2; 50]];
        let mut spliced = 0;
        mutations_of(&seeds, 0, |input| spliced += usize::from(input.contains(&1) && input.contains(&2)));
        assert!(spliced > 0);
    }
}
