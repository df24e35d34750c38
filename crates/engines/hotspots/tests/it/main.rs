//! The scan statistic against published sets, rules that must hold, and what comes of looking only where one looked before.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::cast_precision_loss, clippy::cast_possible_truncation)]

mod sets;
