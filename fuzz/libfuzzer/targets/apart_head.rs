#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| plainsight_apart::fuzz::head(bytes));
