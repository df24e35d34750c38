//! What an XMP packet tells, by kind. It is only ever dropped, so it is not parsed: the names of its properties are enough.

use crate::Trace;
use crate::read::holds;

const SAYS: &[(&[u8], Trace)] = &[
    (b"GPS", Trace::Place),
    (b":City", Trace::Place),
    (b":Location", Trace::Place),
    (b"Date", Trace::Time),
    (b":Model", Trace::Device),
    (b":Make", Trace::Device),
    (b"SerialNumber", Trace::Device),
    (b":Lens", Trace::Device),
    (b":creator>", Trace::Author),
    (b":Artist", Trace::Author),
    (b":rights>", Trace::Author),
    (b":title>", Trace::Comment),
    (b":description>", Trace::Comment),
    (b":subject>", Trace::Comment),
    (b":Thumbnails", Trace::Thumbnail),
    (b":History", Trace::EarlierVersion),
    (b":DerivedFrom", Trace::EarlierVersion),
    (b"CreatorTool", Trace::Software),
    (b":xmptk", Trace::Software),
];

/// At least one: a packet of which nothing is known is an unknown part.
pub(crate) fn traces(packet: &[u8]) -> Vec<Trace> {
    let mut traces: Vec<Trace> = SAYS.iter().filter(|(name, _)| holds(packet, name)).map(|(_, trace)| *trace).collect();
    traces.sort_unstable();
    traces.dedup();
    if traces.is_empty() {
        traces.push(Trace::UnknownPart);
    }
    traces
}
