//! Invented records of telephones, vehicles, venues, organisations and accounts, each told several times with the mistakes
//! that witnesses, advisers and registers make. The truth stands in the column `cluster`.
//!
//! Plates begin with letters that no plate is issued with, telephone numbers begin as those kept for drama do (Ofcom), streets
//! and names are made up. The rates are guesses, written down here so that they can be argued about.

use std::io::Write;

use anyhow::{Result, bail};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};

pub(crate) const KINDS: [&str; 5] = ["phone", "vehicle", "venue", "organisation", "account"];

const GIVEN: [&str; 24] = [
    "Ana",
    "Ioana",
    "Maria",
    "Elena",
    "Ștefan",
    "Andrei",
    "Gheorghe",
    "Mihai",
    "Ivan",
    "Petar",
    "Stoyan",
    "Agim",
    "Arben",
    "Besnik",
    "Nguyễn",
    "Linh",
    "Minh",
    "Piotr",
    "Paweł",
    "Agnieszka",
    "Yusuf",
    "Fatima",
    "Li",
    "Wei",
];
const FAMILY: [&str; 20] = [
    "Popescu", "Ionescu", "Rusu", "Dimitrov", "Petrov", "Hoxha", "Krasniqi", "Trần", "Phạm", "Kowalski", "Nowak", "Khan", "Hassan", "Wang",
    "Zhang", "Smith", "Brown", "Țăranu", "Munteanu", "Gashi",
];
const STREETS: [&str; 16] = [
    "Larch",
    "Quill",
    "Mercer",
    "Tinder",
    "Hollow",
    "Bellwether",
    "Ravel",
    "Sorrel",
    "Candle",
    "Foundry",
    "Pike",
    "Weaver",
    "Orchard",
    "Lantern",
    "Gable",
    "Thistle",
];
const WAYS: [(&str, &str); 4] = [("Road", "Rd"), ("Street", "St"), ("Lane", "Ln"), ("Avenue", "Ave")];
const TRADES: [&str; 8] =
    ["Hand Car Wash", "Nails", "Car Wash and Valeting", "Beauty Bar", "Recycling", "Packing", "Barbers", "Construction"];
const FIRST: [&str; 14] = [
    "Sparkle",
    "Diamond",
    "Westmere",
    "Royal",
    "Lucky",
    "Golden",
    "Express",
    "Queen",
    "City",
    "Best",
    "Five Star",
    "Crystal",
    "Elite",
    "Silver",
];
const MAKES: [(&str, &str); 12] = [
    ("Ford", "Transit"),
    ("Ford", "Focus"),
    ("Vauxhall", "Vivaro"),
    ("Vauxhall", "Astra"),
    ("Volkswagen", "Transporter"),
    ("BMW", "3 Series"),
    ("Mercedes", "Vito"),
    ("Mercedes", "Sprinter"),
    ("Renault", "Trafic"),
    ("Audi", "A4"),
    ("Toyota", "Hiace"),
    ("Citroen", "Berlingo"),
];
const COLOURS: [&str; 9] = ["white", "silver", "black", "grey", "dark blue", "blue", "red", "dark grey", "green"];
const PLATFORMS: [&str; 5] = ["Facebook", "Instagram", "Telegram", "TikTok", "WhatsApp"];

/// Writes so many records of one kind.
pub(crate) fn generate(kind: &str, records: usize, seed: u64, into: &mut impl Write) -> Result<()> {
    let mut draw = Draw(StdRng::seed_from_u64(seed));
    let mut writer = csv::Writer::from_writer(into);
    writer.write_record(["unique_id", "cluster"].iter().chain(headings(kind)?))?;
    let (mut written, mut entity) = (0, 0);
    while written < records {
        let truth = draw.entity(kind);
        // Most things are told of once; few very often.
        let told = 1 + [0, 0, 0, 0, 0, 1, 1, 1, 2, 3].get(draw.below(10)).copied().unwrap_or(0);
        for _ in 0..told {
            let cells = draw.told(kind, &truth);
            writer.write_record([written.to_string(), entity.to_string()].iter().chain(&cells))?;
            written += 1;
        }
        entity += 1;
    }
    writer.flush()?;
    Ok(())
}

fn headings(kind: &str) -> Result<&'static [&'static str]> {
    Ok(match kind {
        "phone" => &["phone", "name"],
        "vehicle" => &["plate", "make", "model", "colour"],
        "venue" => &["name", "address", "postcode", "latitude", "longitude", "phone"],
        "organisation" => &["organisation_name", "company_number", "address", "postcode", "phone"],
        "account" => &["platform", "handle", "name", "phone", "email"],
        _ => bail!("say one of {}", KINDS.join(", ")),
    })
}

struct Draw(StdRng);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all.get(self.below(all.len())).copied().unwrap_or_default()
    }

    fn letters(&mut self, count: usize, of: &str) -> String {
        let of: Vec<char> = of.chars().collect();
        (0..count).filter_map(|_| of.get(self.below(of.len())).copied()).collect()
    }

    fn entity(&mut self, kind: &str) -> Vec<String> {
        let person = |draw: &mut Self| format!("{} {}", draw.of(&GIVEN), draw.of(&FAMILY));
        match kind {
            "phone" => vec![self.phone(), person(self)],
            "vehicle" => {
                let plate = self.letters(1, "QZI") + &self.letters(1, "ABCDEFGHKLMNOPRSTUVWXY") + &self.letters(2, "0123456789");
                let plate = plate + " " + &self.letters(3, "ABCDEFGHJKLMNOPRSTUVWXYZ");
                let (make, model) = MAKES.get(self.below(MAKES.len())).copied().unwrap_or_default();
                vec![plate, make.to_owned(), model.to_owned(), self.of(&COLOURS).to_owned()]
            }
            "venue" => {
                let name = format!("{} {}", self.of(&FIRST), self.of(&TRADES));
                let (north, east) = (51.55 + self.below(120_000) as f64 / 1e6, -0.30 + self.below(200_000) as f64 / 1e6);
                vec![name, self.address(), self.postcode(), format!("{north:.5}"), format!("{east:.5}"), self.phone()]
            }
            "organisation" => {
                let name = format!("{} {} Limited", self.of(&FIRST), self.of(&TRADES));
                let number = format!("0{}", self.letters(7, "0123456789"));
                vec![name, number, self.address(), self.postcode(), self.phone()]
            }
            _ => {
                let name = person(self);
                let handle = format!("{}{}", name.to_lowercase().replace(' ', "_"), self.below(1000));
                let email = format!("{handle}@example.org");
                vec![self.of(&PLATFORMS).to_owned(), handle, name, self.phone(), email]
            }
        }
    }

    /// Begins as the numbers that Ofcom keeps for drama do; those alone are too few.
    fn phone(&mut self) -> String {
        let begin = self.of(&["07700 9", "01632 9", "020 7946"]);
        format!("{begin}{}", self.letters(5, "0123456789"))
    }

    fn address(&mut self) -> String {
        let way = WAYS.get(self.below(WAYS.len())).map_or("", |way| way.0);
        format!("{} {} {way}", 1 + self.below(180), self.of(&STREETS))
    }

    fn postcode(&mut self) -> String {
        format!("QX{} {}", 1 + self.below(9), self.letters(1, "0123456789") + &self.letters(2, "ABDEFGHJLNPQRSTUWXYZ"))
    }

    /// One telling of it.
    fn told(&mut self, kind: &str, truth: &[String]) -> Vec<String> {
        let cell = |at: usize| truth.get(at).cloned().unwrap_or_default();
        match kind {
            "phone" => {
                let name = if self.chance(25) { format!("{} {}", self.of(&GIVEN), self.of(&FAMILY)) } else { self.half(&cell(1)) };
                vec![self.dialled(&cell(0), 6), self.or_nothing(30, name)]
            }
            "vehicle" => {
                let plate = self.seen(&cell(0));
                let colour = if self.chance(15) { self.of(&COLOURS).to_owned() } else { cell(3) };
                let make = if self.chance(8) { self.of(&["Ford", "Vauxhall", "BMW", "Mercedes"]).to_owned() } else { cell(1) };
                vec![self.or_nothing(8, plate), self.or_nothing(15, make), self.or_nothing(35, cell(2)), self.or_nothing(15, colour)]
            }
            "venue" => {
                let name = if self.chance(30) { self.half(&cell(0)) } else { self.misspelt(&cell(0), 12) };
                let (north, east) = (self.moved(&cell(3)), self.moved(&cell(4)));
                let (north, east) = if self.chance(40) { (String::new(), String::new()) } else { (north, east) };
                let (address, postcode) = (self.shortened(&cell(1)), self.misspelt(&cell(2), 8));
                let phone = self.dialled(&cell(5), 5);
                vec![
                    self.or_nothing(15, name),
                    self.or_nothing(15, address),
                    self.or_nothing(35, postcode),
                    north,
                    east,
                    self.or_nothing(50, phone),
                ]
            }
            "organisation" => {
                let name = match self.below(4) {
                    0 => cell(0).replace("Limited", "Ltd"),
                    1 => cell(0).replace(" Limited", ""),
                    _ => self.misspelt(&cell(0), 10),
                };
                let number = if self.chance(10) { cell(1).trim_start_matches('0').to_owned() } else { self.misspelt(&cell(1), 4) };
                let moved = self.chance(15);
                let (address, postcode) =
                    if moved { (self.address(), self.postcode()) } else { (self.shortened(&cell(2)), self.misspelt(&cell(3), 5)) };
                let phone = self.dialled(&cell(4), 4);
                vec![
                    name,
                    self.or_nothing(45, number),
                    self.or_nothing(15, address),
                    self.or_nothing(15, postcode),
                    self.or_nothing(50, phone),
                ]
            }
            _ => {
                let handle = if self.chance(20) { format!("{}{}", cell(1), self.below(10)) } else { self.misspelt(&cell(1), 8) };
                let platform = if self.chance(30) { self.of(&PLATFORMS).to_owned() } else { cell(0) };
                let name = if self.chance(20) { self.half(&cell(2)) } else { self.misspelt(&cell(2), 8) };
                let phone = self.dialled(&cell(3), 5);
                vec![
                    platform,
                    self.or_nothing(8, handle),
                    self.or_nothing(20, name),
                    self.or_nothing(55, phone),
                    self.or_nothing(60, cell(4)),
                ]
            }
        }
    }

    fn or_nothing(&mut self, percent: usize, cell: String) -> String {
        if self.chance(percent) { String::new() } else { cell }
    }

    /// One sign of a text changes, goes, or changes its place.
    fn misspelt(&mut self, text: &str, percent: usize) -> String {
        let mut signs: Vec<char> = text.chars().collect();
        if signs.len() < 3 || !self.chance(percent) {
            return text.to_owned();
        }
        let at = self.below(signs.len() - 1);
        match self.below(3) {
            0 => signs.swap(at, at + 1),
            1 => {
                signs.remove(at);
            }
            _ => {
                if let Some(sign) = signs.get_mut(at) {
                    *sign = if sign.is_ascii_digit() { char::from(b'0' + (self.0.next_u32() % 10) as u8) } else { 'e' };
                }
            }
        }
        signs.into_iter().collect()
    }

    fn dialled(&mut self, phone: &str, percent: usize) -> String {
        let phone = self.misspelt(phone, percent);
        match self.below(3) {
            0 => phone.replace(' ', ""),
            1 => format!("+44{}", phone.trim_start_matches('0').replace(' ', "")),
            _ => phone,
        }
    }

    /// A plate as it was seen: whole, in part, or with signs taken for others.
    fn seen(&mut self, plate: &str) -> String {
        match self.below(100) {
            0..12 => plate.get(..4).unwrap_or(plate).to_owned(),
            12..18 => plate.get(5..).unwrap_or(plate).to_owned(),
            18..34 => {
                let taken = |sign: char| match sign {
                    'O' => '0',
                    '0' => 'O',
                    'B' => '8',
                    '8' => 'B',
                    'S' => '5',
                    '5' => 'S',
                    'I' => '1',
                    '1' => 'I',
                    'G' => '6',
                    other => other,
                };
                plate.chars().map(taken).collect()
            }
            34..42 => self.misspelt(plate, 100),
            _ => plate.replace(' ', if self.chance(50) { "" } else { " " }),
        }
    }

    fn shortened(&mut self, address: &str) -> String {
        let address = if self.chance(30) { format!("Unit {}, {address}", 1 + self.below(9)) } else { address.to_owned() };
        let address = self.misspelt(&address, 6);
        if self.chance(35) { WAYS.iter().fold(address, |address, (long, short)| address.replace(long, short)) } else { address }
    }

    fn half(&mut self, name: &str) -> String {
        let words: Vec<&str> = name.split(' ').collect();
        let keep = words.len().div_ceil(2);
        words.into_iter().take(keep).collect::<Vec<_>>().join(" ")
    }

    /// About thirty metres off, one in six a street away.
    fn moved(&mut self, degrees: &str) -> String {
        let most = if self.chance(16) { 2000 } else { 400 };
        let off = self.below(2 * most) as f64 - most as f64;
        degrees.parse::<f64>().map(|degrees| format!("{:.5}", degrees + off / 1e6)).unwrap_or_default()
    }
}
