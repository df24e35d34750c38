//! Telling the rota that something waits, out of band: by mail, by a program, or into a folder. The text is fixed and
//! says nothing of what waits.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::io::AsyncWriteExt;

use crate::config;

/// The ways that are configured; all are used.
pub(crate) struct Pager {
    mail: Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>,
    settings: config::Pager,
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
        Ok(Self { mail, settings: settings.clone() })
    }

    /// Whether anybody can be told at all: `doctor` and `serve` warn when not.
    pub(crate) fn is_configured(&self) -> bool {
        self.mail.is_some() || self.settings.program.is_some() || self.settings.folder.is_some()
    }

    async fn send(&self, address: &str, subject: &str, body: &str) -> Result<()> {
        if let Some((transport, from)) = &self.mail {
            let to = address.parse().with_context(|| "a pager address is not a mail address")?;
            let message = Message::builder().from(from.clone()).to(to).subject(subject).body(body.to_owned())?;
            transport.send(message).await.context("the mail server did not take the notice")?;
        }
        if let Some(program) = &self.settings.program {
            let mut child = tokio::process::Command::new(program)
                .arg(address)
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .with_context(|| format!("could not start {}", program.display()))?;
            if let Some(mut input) = child.stdin.take() {
                input.write_all(format!("{subject}\n\n{body}\n").as_bytes()).await?;
            }
            let status = child.wait().await?;
            if !status.success() {
                bail!("{} ended with {status}", program.display());
            }
        }
        if let Some(folder) = &self.settings.folder {
            tokio::fs::create_dir_all(folder).await?;
            let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(folder.join("notices.txt")).await?;
            file.write_all(format!("To: {address}\n{subject}\n{body}\n\n").as_bytes()).await?;
            file.flush().await?;
        }
        Ok(())
    }
}

impl plainsight_helpline::Pager for Pager {
    fn page<'a>(&'a self, address: &'a str, subject: &'a str, body: &'a str) -> plainsight_helpline::Paging<'a> {
        Box::pin(async move { self.send(address, subject, body).await.map_err(|error| format!("{error:#}")) })
    }
}
