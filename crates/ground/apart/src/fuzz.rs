//! Targets for fuzzing: plain functions of bytes, which panic when a rule is broken. Not part of the interface.

use crate::{Head, Scanned};

/// What a worker says before the copy: whatever is taken for a head says the same when it is written again.
pub fn head(bytes: &[u8]) {
    if let Ok(head) = Head::parse(bytes) {
        let again = head.frame().ok().and_then(|frame| frame.get(4..).map(Head::parse));
        assert_eq!(again, Some(Ok(head)));
    }
}

/// What a virus scanner replies: nothing but one sentence means that nothing is known.
pub fn reply(bytes: &[u8]) {
    match crate::scan::understand(bytes) {
        Ok(Scanned::NothingKnown) => assert_eq!(bytes, b"stream: OK"),
        Ok(Scanned::Found(name)) => assert!(!name.is_empty() && !name.contains(char::is_control)),
        Err(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::head::tests::{cleaned, refused};

    #[test]
    fn damaged_heads_are_refused_or_say_the_same_again() {
        let seeds = [cleaned(b"abc", b"ab"), refused(b"abc")].map(|head| head.frame().unwrap().split_off(4));
        plainsight_fuzz::mutations_of(&seeds, 3000, super::head);
    }

    #[test]
    fn damaged_replies_never_mean_that_nothing_is_known() {
        let seeds = [&b"stream: OK"[..], b"stream: Eicar-Test-Signature FOUND", b"INSTREAM size limit exceeded. ERROR"].map(<[u8]>::to_vec);
        plainsight_fuzz::mutations_of(&seeds, 3000, super::reply);
    }
}
