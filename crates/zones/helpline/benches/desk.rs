//! Lists, search and suggestions over what the desk holds in memory, at the size of a large helpline:
//! `cargo bench -p plainsight-helpline --bench desk -- 1000000 100000` (contacts, cases).
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use plainsight_helpline::measure::{Memory, opening, resident, spread};

fn main() {
    let mut open = opening();
    let start = Instant::now();
    for _ in 0..1000 {
        black_box(open());
    }
    println!("opening a contact: {:.3} ms on one core", start.elapsed().as_secs_f64());
    let mut numbers = std::env::args().filter_map(|word| word.parse().ok());
    let (contacts, cases) = (numbers.next().unwrap_or(100_000), numbers.next().unwrap_or(10_000));
    let before = resident();
    let start = Instant::now();
    let mut memory = Memory::fill(contacts, cases);
    println!("{contacts} contacts, {cases} cases: indexed in {:.1} s, {} MiB", start.elapsed().as_secs_f64(), resident() - before);
    let mut each = |name: &str, times: usize, mut act: Box<dyn FnMut(&mut Memory) -> usize>| {
        let took: Vec<Duration> = (0..times)
            .map(|_| {
                let start = Instant::now();
                black_box(act(&mut memory));
                start.elapsed()
            })
            .collect();
        println!("{}", spread(name, took));
    };
    each("list", 40, Box::new(|memory| memory.list("open")));
    each("list of all", 20, Box::new(|memory| memory.list("all")));
    each("board", 40, Box::new(|memory| memory.board()));
    each("cases", 40, Box::new(|memory| memory.cases()));
    each(
        "search",
        400,
        Box::new(|memory| {
            let question = memory.question();
            memory.search(&question)
        }),
    );
    each("alike", 200, Box::new(Memory::alike));
}
