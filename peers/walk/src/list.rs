//! The desk's list over 100,000 contacts, on SQLite and, when there is one, on PostgreSQL.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use plainsight_helpline::{Cabinet, Intake, Path, Report, rehearsal};
use plainsight_store::{Address, Clock, Entropy, Holder, OpenOptions, Store};
use plainsight_vault::InstanceKey;
use plainsight_vocabulary::{Answer, Due, Urgency};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use time::OffsetDateTime;

use crate::instance::{Running, program};
use crate::load::quantile;

const CONTACTS: usize = 100_000;
const AT_ONCE: usize = 32;
const LOOKS: usize = 200;

struct Now;

impl Clock for Now {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

struct Dice;

impl Entropy for Dice {
    fn rng(&self) -> StdRng {
        StdRng::from_rng(&mut rand::rng())
    }
}

pub(crate) async fn measure() -> Result<()> {
    on("SQLite", None).await?;
    match std::env::var("PLAINSIGHT_TEST_POSTGRES") {
        Ok(server) => {
            let name = format!("plainsight_peers_{}", std::process::id());
            sql(&server, &format!("CREATE DATABASE {name}"))?;
            let url = server.rsplit_once('/').map(|(front, _)| format!("{front}/{name}")).context("not an address of a database")?;
            let measured = on("PostgreSQL", Some(&url)).await;
            sql(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
            measured
        }
        Err(_) => {
            println!("PostgreSQL: not measured (name a server in PLAINSIGHT_TEST_POSTGRES)");
            Ok(())
        }
    }
}

fn sql(server: &str, statement: &str) -> Result<()> {
    let status = std::process::Command::new("psql").args([server, "-qc", statement]).status()?;
    anyhow::ensure!(status.success(), "psql failed");
    Ok(())
}

async fn on(name: &str, postgres: Option<&str>) -> Result<()> {
    let mut house = Running::load(20, postgres)?;
    let begin = Instant::now();
    fill(&house, postgres).await?;
    println!("{name}: {CONTACTS} sealed contacts made in {:.0} s", begin.elapsed().as_secs_f64());
    house.start().await?;
    let mut desk = signed_in(&house).await?;
    let first = Instant::now();
    desk.get("/helpline").await?;
    println!("{name}: the first list after the start: {:.0} ms", first.elapsed().as_secs_f64() * 1000.0);
    let mut times = Vec::new();
    for look in 0..LOOKS {
        let show = ["open", "all", "new", "danger", "overdue"][look % 5];
        let page = if show == "all" { look * 7 } else { 0 };
        let begin = Instant::now();
        desk.get(&format!("/helpline?show={show}&page={page}")).await?;
        times.push(begin.elapsed());
        if !desk.page.contains("ps-rows") && show != "danger" && show != "overdue" {
            bail!("not the list");
        }
    }
    println!(
        "{name}: list of {CONTACTS}: p50 {:.1} ms, p95 {:.1} ms over {LOOKS} looks, seen from outside (wanted: p95 under 50 ms)",
        quantile(&mut times, 0.5).as_secs_f64() * 1000.0,
        quantile(&mut times, 0.95).as_secs_f64() * 1000.0,
    );
    Ok(())
}

/// Files contacts by the same act as the public site, many at a time, under receipts that nobody holds.
async fn fill(house: &Running, postgres: Option<&str>) -> Result<()> {
    let address = postgres.map_or_else(|| Address::Sqlite(house.data()), |url| Address::Postgres(url.to_owned()));
    let store = Store::open(&address, OpenOptions::default()).await?;
    let (organisation, _) =
        plainsight_people::acts::organisation::list_organisations(&store).await?.pop().context("there is no organisation")?;
    let key = InstanceKey::from_text(&std::fs::read_to_string(house.path().join("keys/public.key"))?)?;
    let team = plainsight_store::site_value(store.content().read(), organisation, plainsight_helpline::INTAKE_TEAM).await?;
    let team = team.context("no team takes reports")?.parse()?;
    let (epoch, team_key) = plainsight_people::team_public_key(store.content().read(), organisation, team).await?;
    let due = |at: OffsetDateTime, urgency: Urgency| {
        let first = match urgency {
            Urgency::Danger => time::Duration::minutes(15),
            Urgency::Soon => time::Duration::hours(1),
            Urgency::Normal => time::Duration::hours(4),
        };
        Due { first_read: at + first, acknowledged: at + time::Duration::hours(24), feedback: at + time::Duration::days(28) }
    };
    let intake = Arc::new(Intake { team, epoch, team_key, due: Arc::new(due), common_languages: vec!["en".to_owned()] });
    let tombstones = plainsight_store::TombstoneFile::at(house.path().join("data/tombstones"));
    let cabinet = Cabinet::open(&store, organisation, (Holder::Public, &key), Arc::new(Now), Arc::new(Dice), tombstones).await?;
    let pepper = Arc::new(key.pepper());
    let mut makers = Vec::new();
    for maker in 0..AT_ONCE {
        let (cabinet, intake, pepper) = (cabinet.clone(), intake.clone(), pepper.clone());
        makers.push(tokio::spawn(async move {
            let mut dice = StdRng::seed_from_u64(maker as u64);
            for _ in 0..CONTACTS / AT_ONCE {
                let path = if dice.next_u32() % 8 == 0 { Path::Me } else { Path::Noticed };
                let child = (dice.next_u32() % 10 == 0).then_some(Answer::Yes);
                let report = Report { path, child, words: "Invented for a measurement.".to_owned(), ..Report::default() };
                rehearsal::file_invented(&cabinet, &intake, &pepper, &report, None).await?;
            }
            Ok::<(), anyhow::Error>(())
        }));
    }
    for maker in makers {
        maker.await??;
    }
    store.close().await;
    Ok(())
}

/// A browser at the desk that keeps its cookie.
struct Browser {
    phone: plainsight_tests::phone::Phone,
    page: String,
}

impl Browser {
    async fn get(&mut self, path: &str) -> Result<()> {
        self.phone.get(path).await?;
        self.page.clone_from(&self.phone.page);
        Ok(())
    }
}

async fn signed_in(house: &Running) -> Result<Browser> {
    let text = std::fs::read_to_string(house.path().join("sign-ins.json"))?;
    // The file is ours; a small look into it needs no parser.
    let password = text.split("\"password\": \"").nth(1).and_then(|rest| rest.split('"').next()).context("no password")?;
    let name = text.split("\"signInName\": \"").nth(1).and_then(|rest| rest.split('"').next()).context("no name")?;
    let output = std::process::Command::new(program()?).args(["member", "code", name, "--config"]).arg(house.config()).output()?;
    let code = String::from_utf8(output.stdout)?.trim().to_owned();
    let mut phone = plainsight_tests::phone::Phone::new(&format!("http://127.0.0.1:{}", house.desk));
    phone.keep_cookies = true;
    let fields: Vec<(String, String)> =
        [("name", name), ("password", password), ("code", &code)].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    for _ in 0..100 {
        if phone.get("/sign-in").await.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    phone.origin_header = Some(format!("http://localhost:{}", house.desk));
    phone.post("/sign-in", &fields).await?;
    anyhow::ensure!(phone.status.is_redirection(), "not signed in: {}", phone.status);
    Ok(Browser { phone, page: String::new() })
}
