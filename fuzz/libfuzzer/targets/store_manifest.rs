#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| plainsight_store::fuzz::manifest(bytes));
