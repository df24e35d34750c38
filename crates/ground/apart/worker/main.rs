//! A worker for the tests: it is confined as a real one is, and then tries what its argument says.
//!
//! `apart-worker WHAT MEMORY SECONDS`

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::process::{Command, ExitCode};

use plainsight_apart::{CleanedCopy, Code, Confined, Head, Limits, Measuring, Outcome, confine};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let what = arguments.next().unwrap_or_default();
    let mut number = || arguments.next().and_then(|text| text.parse().ok());
    let limits = Limits { memory: number().unwrap_or(1 << 29), seconds: number().unwrap_or(60), ..Limits::default() };
    let around = surroundings();
    let left_open = if what == "reads-what-was-left-open" { std::fs::File::open("/proc/self/exe").ok() } else { None };
    if what == "without-seccomp" && refuse_seccomp().is_err() {
        return ExitCode::from(9);
    }
    match confine(&limits) {
        Ok(_) if what == "reads-what-was-left-open" => {
            let read = left_open.as_ref().map(|mut file| file.read(&mut [0; 4]));
            if matches!(read, Some(Ok(_))) { ExitCode::SUCCESS } else { ExitCode::from(1) }
        }
        Ok(confined) => attempt(&what, confined, &around),
        Err(error) => ExitCode::from(error.exit_code()),
    }
}

fn attempt(what: &str, confined: Confined, around: &str) -> ExitCode {
    let done = match what {
        "echo" => echo(),
        "around" => io::stdout().write_all(around.as_bytes()),
        "receives" => match confined.receive(1 << 27) {
            Ok(_) => Ok(()),
            Err(error) => return ExitCode::from(error.exit_code()),
        },
        "deaf" => Ok(()),
        "gives-up" => return ExitCode::from(3),
        "chatters" => chatter(),
        "waits" => loop {
            std::thread::park();
        },
        "spins" => spin(),
        "hoards" => hoard(),
        "panics" => Err::<(), _>("as it should").map_err(|words| panic!("{words}")),
        "connects" => TcpStream::connect("127.0.0.1:9").map(drop),
        "opens" => std::fs::File::open("/etc/passwd").map(drop),
        "writes-a-file" => std::fs::write("/tmp/apart-was-here", "x"),
        "execs" => Command::new("/bin/true").status().map(drop),
        "starts-a-thread" => std::thread::Builder::new().spawn(|| ()).map(drop),
        "cleans" => answer(confined, |head| head),
        "cleans-another" => answer(confined, |mut head| {
            head.input = Measuring::default().end();
            head
        }),
        "cleans-in-part" => answer(confined, |mut head| {
            if let Outcome::Cleaned(copy) = &mut head.outcome {
                copy.output.length += 1;
            }
            head
        }),
        "refuses" => answer(confined, |mut head| {
            head.outcome = Outcome::Refused { reason: code("unknown-kind"), kind: None };
            head
        }),
        _ => return ExitCode::from(8),
    };
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// What a worker can see of where it runs, looked up before it is confined.
fn surroundings() -> String {
    let links = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten().flat_map(|entry| std::fs::read_link(entry.path()));
    let open: String = links.map(|link| format!("open {}\n", link.display())).collect();
    let folder = std::env::current_dir().unwrap_or_default();
    format!("{} variables\nin {}\n{open}", std::env::vars_os().count(), folder.display())
}

fn receive(confined: &Confined) -> io::Result<Vec<u8>> {
    confined.receive(1 << 27).map_err(io::Error::other)?.bytes.ok_or_else(|| io::ErrorKind::FileTooLarge.into())
}

fn echo() -> io::Result<()> {
    let mut chunk = vec![0; 1 << 16];
    loop {
        let got = io::stdin().read(&mut chunk)?;
        if got == 0 {
            return Ok(());
        }
        io::stdout().write_all(chunk.get(..got).unwrap_or_default())?;
        io::stdout().flush()?;
    }
}

fn chatter() -> io::Result<()> {
    let chunk = vec![b'x'; 1 << 16];
    loop {
        io::stdout().write_all(&chunk)?;
    }
}

fn spin() -> io::Result<()> {
    let mut turns = 0_u64;
    loop {
        turns = std::hint::black_box(turns.wrapping_add(1));
    }
}

fn hoard() -> io::Result<()> {
    let hoard = std::hint::black_box(vec![1_u8; 600 << 20]);
    io::stdout().write_all(hoard.get(..1).unwrap_or_default())
}

/// A "cleaned copy" is the file without its first byte.
fn answer(confined: Confined, told: impl FnOnce(Head) -> Head) -> io::Result<()> {
    let bytes = receive(&confined)?;
    let measure = |bytes: &[u8]| {
        let mut measuring = Measuring::default();
        measuring.take(bytes);
        measuring.end()
    };
    let copy = bytes.get(1..).unwrap_or_default();
    let head = told(Head {
        input: measure(&bytes),
        outcome: Outcome::Cleaned(CleanedCopy {
            kind: code("jpeg"),
            removed: [(code("place"), 1)].into(),
            kept: [code("orientation")].into(),
            output: measure(copy),
        }),
    });
    confined.answer(|to| {
        to.write_all(&head.frame().map_err(io::Error::other)?)?;
        if matches!(head.outcome, Outcome::Cleaned(_)) { to.write_all(copy) } else { Ok(()) }
    })
}

#[allow(clippy::expect_used, reason = "a worker of the tests")]
fn code(text: &str) -> Code {
    Code::try_from(text).expect("a code")
}

/// A kernel without seccomp, as far as this process can tell.
fn refuse_seccomp() -> Result<(), seccompiler::Error> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    let program: BpfProgram = SeccompFilter::new(
        [(libc::SYS_seccomp, Vec::new())].into(),
        SeccompAction::Allow,
        SeccompAction::Errno(libc::ENOSYS as u32),
        std::env::consts::ARCH.try_into()?,
    )?
    .try_into()?;
    seccompiler::apply_filter(&program)
}
