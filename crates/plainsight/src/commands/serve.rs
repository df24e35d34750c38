//! `plainsight serve`: the public site and the desk as two processes, so that what reads the public's forms holds no
//! private key, and a fault in one is no fault in the other.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use axum::Router;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::cli::{Part, Serve};
use crate::config::Config;
use crate::instance::Instance;
use crate::{hardening, mount, say, worker};

pub(crate) async fn serve(command: &Serve) -> Result<ExitCode> {
    let file = &command.instance.config;
    match command.only {
        Some(part) => {
            if command.with_parent {
                hardening::end_with_parent();
            }
            run(part, &Config::read(file)?, command.with_parent).await
        }
        None => {
            let instance = Instance::open(Config::read(file)?).await?;
            if mount::is_demo(&instance).await? {
                bail!("this database holds invented data; `serve` refuses it. Use `plainsight demo`, or another folder");
            }
            drop(instance);
            both(file).await
        }
    }
}

/// Starts the two processes and ends when either ends, so that a service manager sees it and starts both again.
pub(crate) async fn both(file: &Path) -> Result<ExitCode> {
    let mut public = start(file, Part::Public)?;
    let mut desk = start(file, Part::Desk)?;
    let ended = tokio::select! {
        status = public.wait() => Some((Part::Public, status?)),
        status = desk.wait() => Some((Part::Desk, status?)),
        () = asked_to_stop() => None,
    };
    for child in [&mut public, &mut desk] {
        stop(child).await;
    }
    match ended {
        None => Ok(ExitCode::SUCCESS),
        Some((part, status)) => bail!("the {} process ended ({status}); its last words are above", part.name()),
    }
}

fn start(file: &Path, part: Part) -> Result<Child> {
    let program = std::env::current_exe().context("could not find this program")?;
    Command::new(program)
        .args(["serve", "--with-parent", "--only", part.name(), "--config"])
        .arg(file)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("could not start the {} process", part.name()))
}

async fn stop(child: &mut Child) {
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(rustix::process::Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended by itself in this moment; then there is nobody to tell.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
    if tokio::time::timeout(std::time::Duration::from_secs(10), child.wait()).await.is_err()
        && let Err(error) = child.kill().await
    {
        tracing::warn!(%error, "a process could not be stopped");
    }
}

/// One part in this process.
async fn run(part: Part, config: &Config, of_demo_or_serve: bool) -> Result<ExitCode> {
    hardening::harden();
    let instance = Instance::open(config.clone()).await?;
    if !of_demo_or_serve && mount::is_demo(&instance).await? {
        bail!("this database holds invented data; `serve` refuses it. Use `plainsight demo`, or another folder");
    }
    let list = instance.config.tombstones();
    if let Err(error) = list.check().await {
        bail!(
            "the list of tombstones {} cannot be written, so nothing could be erased: {error}. Name another with `tombstones` in the configuration",
            list.path().display()
        );
    }
    match part {
        Part::Public => listen("public site", config.public.listen, mount::public(&instance).await?).await?,
        Part::Desk => {
            let people = instance.people().await?;
            let (desk, files) = mount::desk(&instance, &people).await?;
            tokio::select! {
                ended = listen("desk", config.desk.listen, desk) => ended?,
                ended = listen("file origin", config.files_listen(), files) => ended?,
                ended = worker::run(&instance, people) => ended?,
            }
        }
        Part::Worker => {
            let people = instance.people().await?;
            tokio::select! {
                ended = worker::run(&instance, people) => ended?,
                () = asked_to_stop() => {}
            }
        }
    }
    instance.store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn listen(name: &str, address: SocketAddr, router: Router) -> Result<()> {
    let listener =
        TcpListener::bind(address).await.with_context(|| format!("the {name} cannot listen on {address}: is something else using it?"))?;
    say(format_args!("the {name} listens on http://{}", listener.local_addr()?));
    axum::serve(listener, router).with_graceful_shutdown(asked_to_stop()).await.with_context(|| format!("the {name} stopped"))
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}
