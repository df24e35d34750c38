#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| plainsight_media::fuzz::any(bytes));
