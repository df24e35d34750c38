//! How long each kernel of names takes: `cargo bench -p plainsight-names`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_docs_in_private_items,
    reason = "a benchmark of nothing must not run"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use plainsight_names::{Name, NameIndex, Unwatched, damerau_levenshtein, fold, jaro_winkler, likeness, skeleton, sound};

const NAMES: [&str; 8] = [
    "Ștefan Ionuț Țăranu",
    "Gheorghe Popescu",
    "Иван Петров",
    "محمد الحسن",
    "王小明",
    "Nguyễn Thị Mai",
    "Xhemali Krasniqi",
    "Ana-Maria Ionescu",
];

fn words(criterion: &mut Criterion) {
    criterion.bench_function("fold, plain", |bench| bench.iter(|| fold(black_box("popescu"))));
    criterion.bench_function("fold, with marks", |bench| bench.iter(|| fold(black_box("Țăranu"))));
    criterion.bench_function("fold, Cyrillic", |bench| bench.iter(|| fold(black_box("Димитрова"))));
    criterion.bench_function("sound", |bench| bench.iter(|| sound(black_box("gheorghita"))));
    criterion.bench_function("skeleton", |bench| bench.iter(|| skeleton(black_box("mohammed"))));
    criterion.bench_function("jaro_winkler", |bench| bench.iter(|| jaro_winkler(black_box("shackleford"), black_box("shackelford"))));
    criterion.bench_function("damerau_levenshtein, at most 1", |bench| {
        bench.iter(|| damerau_levenshtein(black_box("krasniqi"), black_box("krasnigi"), 1));
    });
    criterion.bench_function("damerau_levenshtein, at most 2", |bench| {
        bench.iter(|| damerau_levenshtein(black_box("krasniqi"), black_box("krasnjgi"), 2));
    });
}

fn names(criterion: &mut Criterion) {
    criterion.bench_function("reading a name, mean of eight scripts and spellings", |bench| {
        let mut names = NAMES.iter().cycle();
        bench.iter(|| Name::new(black_box(names.next().unwrap_or(&""))));
    });
    let pairs: Vec<(Name, Name)> = NAMES.iter().zip(NAMES.iter().skip(1)).map(|(one, other)| (Name::new(one), Name::new(other))).collect();
    criterion.bench_function("likeness of strangers", |bench| {
        let mut pairs = pairs.iter().cycle();
        bench.iter(|| pairs.next().map(|(one, other)| likeness(black_box(one), black_box(other))));
    });
    let (one, other) = (Name::new("Tsvetelina Dimitrova"), Name::new("Цветелина Димитрова"));
    criterion.bench_function("likeness across scripts", |bench| bench.iter(|| likeness(black_box(&one), black_box(&other))));
}

fn search(criterion: &mut Criterion) {
    let many: Vec<String> = (0..100_000)
        .map(|at: usize| format!("{}{} {}", NAMES[at % 8].split(' ').next().unwrap_or_default(), at % 97, NAMES[at / 8 % 8]))
        .collect();
    criterion.bench_function("an index of 10,000", |bench| {
        bench.iter_batched(
            || many.iter().take(10_000).map(String::as_str),
            |names| NameIndex::build(names, &Unwatched),
            BatchSize::LargeInput,
        );
    });
    if let Ok(index) = NameIndex::build(many.iter().map(String::as_str), &Unwatched) {
        criterion.bench_function("a search among 100,000", |bench| bench.iter(|| index.search(black_box("Stefan Taranu"), 10).len()));
    }
}

criterion_group!(kernels, words, names, search);
criterion_main!(kernels);
