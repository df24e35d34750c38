//! XChaCha20-Poly1305 does not commit to its key: with a little algebra one ciphertext opens under two keys (Len,
//! Grubbs and Ristenpart, "Partitioning oracle attacks", 2021). Here such an envelope is made, and refused.

use super::*;
use crate::keys::Mailbox;

/// The block of 16 bytes that is solved for; it lies inside the message.
const FREE: usize = 4;

#[test]
fn a_ciphertext_that_opens_under_two_keys_is_refused_by_the_commitment() {
    let mut rng = StdRng::seed_from_u64(3);
    let (first, second) = (SecretKey::<Team>::generate(&mut rng), SecretKey::<Mailbox>::generate(&mut rng));
    let keys = [Secret::random(&mut rng), Secret::random(&mut rng)];
    let wraps =
        [wrap(&place(), &first.public(), &keys[0], &mut rng).unwrap(), wrap(&place(), &second.public(), &keys[1], &mut rng).unwrap()];
    let front = before_nonce(&place(), &wraps, &keys[0]).unwrap();
    let data = body_data(&front, &place().record);
    let nonce = aead::nonce(&mut rng);
    let bodies = [body_key(&keys[0]), body_key(&keys[1])];

    let message = [b'x'; 300];
    let mut ciphertext = aead::seal(bodies[0].expose(), &nonce, &data, &padding::pad(&[&[UNSIGNED], &message], 2048));
    ciphertext.truncate(2048);
    let one_time = [&bodies[0], &bodies[1]].map(|key| one_time_key(key.expose(), &nonce));
    let body = (0..=u8::MAX)
        .find_map(|attempt| {
            // Another block of the message varies the equations until they have a solution of the right size.
            ciphertext[16 * (FREE + 1)] = attempt;
            collide(&one_time, &data, &ciphertext)
        })
        .unwrap();

    assert!(aead::open(bodies[0].expose(), &nonce, &data, &body).is_some(), "the cipher accepts it under the first key");
    assert!(aead::open(bodies[1].expose(), &nonce, &data, &body).is_some(), "the cipher accepts it under the second key");
    let sealed = [front, nonce.to_vec(), body].concat();
    assert_eq!(open(&sealed, &place(), &first).unwrap().len(), message.len());
    assert_eq!(open(&sealed, &place(), &second).unwrap_err(), OpenError::KeyCommitment);
}

/// A ciphertext whose free block gives the same tag under both one-time keys, and that tag.
fn collide(keys: &[(Number, u128); 2], data: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
    let blocks = authenticated_blocks(data, ciphertext);
    let free = data.len().div_ceil(16) + FREE;
    // Before the reduction modulo 2^128, the tag is `rest + x * weight + s` for the free block x.
    let [one, other] = keys.map(|(r, s)| {
        let mut rest = ZERO;
        let mut weight = Number { high: 0, low: 1 };
        for (at, block) in blocks.iter().enumerate() {
            rest = multiply(add(rest, if at == free { ZERO } else { Number { high: 1, low: *block } }), r);
            weight = if at >= free { multiply(weight, r) } else { weight };
        }
        (add(rest, Number { high: 0, low: s }), invert(weight))
    });
    let scale = invert(subtract(one.1, other.1));
    for carry in (0..5).flat_map(|one| (0..5).map(move |other| [one, other])) {
        let high = |carry: u128| multiply(Number { high: 0, low: carry }, Number { high: 1, low: 0 });
        // x = (tag + carry 2^128 - rest - s) / weight, for both keys.
        let (offset_one, offset_other) = (subtract(one.0, high(carry[0])), subtract(other.0, high(carry[1])));
        let tag = multiply(subtract(multiply(offset_one, one.1), multiply(offset_other, other.1)), scale);
        let x = multiply(subtract(tag, offset_one), one.1);
        if tag.high == 0 && x.high == 1 {
            let mut body = ciphertext.to_vec();
            body[16 * FREE..16 * (FREE + 1)].copy_from_slice(&x.low.to_le_bytes());
            if keys.iter().all(|key| poly1305(key, data, &body) == tag.low) {
                body.extend_from_slice(&tag.low.to_le_bytes());
                return Some(body);
            }
        }
    }
    None
}

/// RFC 8439, section 2.8: data and ciphertext, each filled to 16 bytes, then both lengths.
fn authenticated_blocks(data: &[u8], ciphertext: &[u8]) -> Vec<u128> {
    let block = |chunk: &[u8]| chunk.iter().rev().fold(0, |block, byte| block << 8 | u128::from(*byte));
    let lengths = data.len() as u128 | (ciphertext.len() as u128) << 64;
    data.chunks(16).chain(ciphertext.chunks(16)).map(block).chain([lengths]).collect()
}

fn poly1305((r, s): &(Number, u128), data: &[u8], ciphertext: &[u8]) -> u128 {
    let blocks = authenticated_blocks(data, ciphertext);
    let sum = blocks.into_iter().fold(ZERO, |sum, block| multiply(add(sum, Number { high: 1, low: block }), *r));
    sum.low.wrapping_add(*s)
}

/// A number below p = 2^130 - 5: `high` times 2^128, and `low`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    high: u8,
    low: u128,
}

const ZERO: Number = Number { high: 0, low: 0 };
const P: Number = Number { high: 3, low: u128::MAX - 4 };

fn minus(one: Number, other: Number) -> Number {
    let (low, borrow) = one.low.overflowing_sub(other.low);
    Number { high: one.high - other.high - u8::from(borrow), low }
}

fn add(one: Number, other: Number) -> Number {
    let (low, carry) = one.low.overflowing_add(other.low);
    let sum = Number { high: one.high + other.high + u8::from(carry), low };
    if sum >= P { minus(sum, P) } else { sum }
}

fn subtract(one: Number, other: Number) -> Number {
    if other == ZERO { one } else { add(one, minus(P, other)) }
}

fn bit(number: Number, at: u32) -> bool {
    if at < 128 { number.low >> at & 1 == 1 } else { number.high >> (at - 128) & 1 == 1 }
}

fn multiply(one: Number, other: Number) -> Number {
    (0..130).rev().fold(ZERO, |product, at| {
        let doubled = add(product, product);
        if bit(other, at) { add(doubled, one) } else { doubled }
    })
}

/// Fermat: the power p - 2.
fn invert(number: Number) -> Number {
    let exponent = Number { high: 3, low: u128::MAX - 6 };
    (0..130).rev().fold(Number { high: 0, low: 1 }, |power, at| {
        let square = multiply(power, power);
        if bit(exponent, at) { multiply(square, number) } else { square }
    })
}

/// The key of Poly1305 (RFC 8439, section 2.6; HChaCha20 as in draft-irtf-cfrg-xchacha-03): r, clamped, and s.
fn one_time_key(key: &[u8; 32], nonce: &[u8; 24]) -> (Number, u128) {
    let words = |bytes: &[u8]| bytes.chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect::<Vec<_>>();
    let constants = words(b"expand 32-byte k");
    let mut state = [constants.clone(), words(key), words(&nonce[..16])].concat();
    twenty_rounds(&mut state);
    let subkey = [&state[..4], &state[12..]].concat();
    let start = [constants, subkey, vec![0, 0], words(&nonce[16..])].concat();
    let mut block = start.clone();
    twenty_rounds(&mut block);
    let stream: Vec<u8> = block.iter().zip(&start).take(8).flat_map(|(word, first)| word.wrapping_add(*first).to_le_bytes()).collect();
    let half = |bytes: &[u8]| u128::from_le_bytes(bytes.try_into().unwrap());
    (Number { high: 0, low: half(&stream[..16]) & 0x0fff_fffc_0fff_fffc_0fff_fffc_0fff_ffff }, half(&stream[16..]))
}

fn twenty_rounds(state: &mut [u32]) {
    let mut quarter = |[a, b, c, d]: [usize; 4]| {
        for (into, from, mixed, turn) in [(a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)] {
            state[into] = state[into].wrapping_add(state[from]);
            state[mixed] = (state[mixed] ^ state[into]).rotate_left(turn);
        }
    };
    for _ in 0..10 {
        for column in 0..4 {
            quarter([column, column + 4, column + 8, column + 12]);
        }
        for diagonal in 0..4 {
            quarter([diagonal, 4 + (diagonal + 1) % 4, 8 + (diagonal + 2) % 4, 12 + (diagonal + 3) % 4]);
        }
    }
}
