//! The helpline's rules, on both databases. One file a subject; `world` builds the helpline they play in.

mod act_codes;
mod answering;
mod browser;
mod closing;
mod coming_back;
mod desk_pages;
mod filing;
mod forms;
mod full_disk;
mod hands;
mod listing;
mod opening;
mod paging;
mod pausing;
mod public_mailbox;
mod public_pages;
mod public_site;
mod public_steps;
mod raising;
mod referring;
mod rehearsing;
mod sealed;
mod watching;
mod withdrawing;
mod world;
mod writing_down;
