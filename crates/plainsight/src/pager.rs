//! Telling the rota that something waits, out of band: by mail, by a program, or into a folder. The text is fixed and
//! says nothing of what waits.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::io::AsyncWriteExt;

use crate::config;

/// How long one way of telling may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The ways that are configured; all are used.
pub(crate) struct Pager {
    mail: Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>,
    settings: config::Pager,
    patience: Duration,
}

impl Pager {
    pub(crate) fn new(settings: &config::Pager) -> Result<Self> {
        let mail = match (&settings.smtp, &settings.from) {
            (None, _) => None,
            (Some(_), None) => bail!("the pager has `smtp` but no `from`: add the address that its mails come from"),
            (Some(server), Some(from)) => {
                let (host, port) = server.rsplit_once(':').with_context(|| format!("`smtp` must be host:port, not {server:?}"))?;
                let port = port.parse().with_context(|| format!("the port in {server:?} is not a number"))?;
                let from = from.parse().with_context(|| format!("{from:?} is not a mail address"))?;
                Some((AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host).port(port).build(), from))
            }
        };
        Ok(Self { mail, settings: settings.clone(), patience: PATIENCE })
    }

    /// Whether anybody can be told at all: `doctor` and `serve` warn when not.
    pub(crate) fn is_configured(&self) -> bool {
        self.mail.is_some() || self.settings.program.is_some() || self.settings.folder.is_some()
    }

    /// Tries every way that is set: one that fails must not keep the others from telling somebody.
    async fn send(&self, address: &str, subject: &str, body: &str) -> Result<()> {
        // At once: a mail server that lets one wait must not hold up the program.
        let (mail, program, folder) =
            tokio::join!(self.mail(address, subject, body), self.program(address, subject, body), self.folder(address, subject, body));
        let ways = [("smtp", mail), ("program", program), ("folder", folder)];
        let told = ways.iter().any(|(_, way)| matches!(way, Ok(true)));
        let mut failed = None;
        for (way, error) in ways.into_iter().filter_map(|(way, ended)| Some((way, ended.err()?))) {
            // Only the outermost words: a mail server's own answer can name the address.
            tracing::error!(way, %error, "a way to page failed");
            failed.get_or_insert(error);
        }
        match failed {
            Some(error) if !told => Err(error),
            _ => Ok(()),
        }
    }

    /// Whether this way is set, and took the notice; so with the two below.
    async fn mail(&self, address: &str, subject: &str, body: &str) -> Result<bool> {
        let Some((transport, from)) = &self.mail else { return Ok(false) };
        let to = address.parse().context("a pager address is not a mail address")?;
        let message = Message::builder().from(from.clone()).to(to).subject(subject).body(body.to_owned())?;
        tokio::time::timeout(self.patience, transport.send(message))
            .await
            .with_context(|| format!("the mail server did not answer within {} seconds", self.patience.as_secs()))?
            .context("the mail server did not take the notice")?;
        Ok(true)
    }

    async fn program(&self, address: &str, subject: &str, body: &str) -> Result<bool> {
        let Some(program) = &self.settings.program else { return Ok(false) };
        let mut child = tokio::process::Command::new(program)
            .arg(address)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        let notice = format!("{subject}\n\n{body}\n");
        let ended = async {
            if let Some(mut input) = child.stdin.take() {
                // A program that needs no text may close its input: how it ends says whether it told anybody.
                let _ = input.write_all(notice.as_bytes()).await;
            }
            child.wait().await
        };
        // The clocks wait for this program, and with them the page to the next member.
        let status = tokio::time::timeout(self.patience, ended)
            .await
            .with_context(|| format!("{} did not end within {} seconds and was stopped", program.display(), self.patience.as_secs()))??;
        if !status.success() {
            bail!("{} ended with {status}", program.display());
        }
        Ok(true)
    }

    async fn folder(&self, address: &str, subject: &str, body: &str) -> Result<bool> {
        let Some(folder) = &self.settings.folder else { return Ok(false) };
        let write = async {
            tokio::fs::create_dir_all(folder).await?;
            let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(folder.join("notices.txt")).await?;
            file.write_all(format!("To: {address}\n{subject}\n{body}\n\n").as_bytes()).await?;
            file.flush().await
        };
        // A folder may lie on another machine that does not answer.
        tokio::time::timeout(self.patience, write)
            .await
            .with_context(|| format!("{} did not take a notice within {} seconds", folder.display(), self.patience.as_secs()))?
            .with_context(|| format!("could not write a notice into {}", folder.display()))?;
        Ok(true)
    }
}

impl plainsight_helpline::Pager for Pager {
    fn page<'a>(&'a self, address: &'a str, subject: &'a str, body: &'a str) -> plainsight_helpline::Paging<'a> {
        Box::pin(async move { self.send(address, subject, body).await.map_err(|error| format!("{error:#}")) })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    use super::*;

    fn script(folder: &Path, text: &str) -> PathBuf {
        let file = folder.join("pager.sh");
        fs::write(&file, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o700)).unwrap();
        file
    }

    /// A mail server that is down, with the other ways as they are given.
    fn without_mail(program: Option<PathBuf>, folder: Option<PathBuf>) -> Pager {
        let (smtp, from) = (Some("127.0.0.1:1".to_owned()), Some("desk@example.org".to_owned()));
        Pager::new(&config::Pager { smtp, from, program, folder }).unwrap()
    }

    #[tokio::test]
    async fn a_way_that_fails_keeps_no_other_from_telling() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "echo \"$1\" > \"$(dirname \"$0\")/told\"; exit 1");
        let pager = without_mail(Some(program.clone()), Some(folder.path().join("notices")));
        pager.send("ana@example.org", "Please sign in", "Something waits.").await.unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("told")).unwrap(), "ana@example.org\n");
        assert!(fs::read_to_string(folder.path().join("notices/notices.txt")).unwrap().contains("To: ana@example.org"));

        let told_nobody = without_mail(Some(program), None).send("ana@example.org", "Please sign in", "").await;
        assert!(told_nobody.unwrap_err().to_string().contains("mail server"));
    }

    /// A server that takes the call and says nothing.
    #[tokio::test]
    async fn a_mail_server_that_hangs_is_given_up_and_keeps_no_other_way_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let smtp = Some(server.local_addr().unwrap().to_string());
        let settings = config::Pager { smtp, from: Some("desk@example.org".to_owned()), ..config::Pager::default() };
        let silent = Pager { patience: Duration::from_millis(200), ..Pager::new(&settings).unwrap() };
        let error = silent.send("ana@example.org", "Please sign in", "").await.unwrap_err();
        assert!(error.to_string().contains("did not answer"), "{error}");

        let settings = config::Pager { folder: Some(folder.path().to_owned()), ..settings };
        let pager = Pager { patience: Duration::from_secs(3600), ..Pager::new(&settings).unwrap() };
        let notices = folder.path().join("notices.txt");
        let sending = tokio::spawn(async move { pager.send("ana@example.org", "Please sign in", "").await });
        let told = async {
            while !notices.exists() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), told).await.expect("the folder is written while the mail server hangs");
        sending.abort();
    }

    #[tokio::test]
    async fn a_program_need_not_read_the_notice() {
        let folder = tempfile::tempdir().unwrap();
        let pager = without_mail(Some(script(folder.path(), "exec 0<&-; exit 0")), None);
        pager.send("ana@example.org", "Please sign in", &"long ".repeat(50_000)).await.unwrap();
    }

    #[tokio::test]
    async fn a_program_that_hangs_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let settings = config::Pager { program: Some(script(folder.path(), "exec sleep 600")), ..config::Pager::default() };
        let pager = Pager { patience: Duration::from_millis(200), ..Pager::new(&settings).unwrap() };
        let error = pager.send("ana@example.org", "Please sign in", "").await.unwrap_err();
        assert!(error.to_string().contains("was stopped"), "{error}");
    }
}
