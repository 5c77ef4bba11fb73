use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use app::App;
use settings::{Role, Settings};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use web::{Anonymous, Closing, Demo, Part, Proxies, Serving, SignUp, UndoWindow};

use crate::assembly::Assembly;
use crate::failure::Failure;
use crate::mail::Mailer;

/// A node that answers.
pub(crate) struct Running {
    /// Where.
    pub(crate) address: SocketAddr,
    /// How people reach it, without a slash at the end.
    pub(crate) public_url: String,
    /// The use cases, for those who share the process with it.
    pub(crate) app: App,
    server: JoinHandle<std::io::Result<()>>,
    handle: web::ServerHandle,
    stopping: watch::Sender<bool>,
    closing: watch::Sender<bool>,
    beside: Vec<JoinHandle<()>>,
    recording: Option<JoinHandle<()>>,
    told: Told,
}

/// The order to stop. It is listened for from the start, so that one that comes early is not a sudden death.
struct Told {
    terminate: Signal,
    interrupt: Signal,
}

/// Listens, holds the lease, and answers.
pub(crate) fn start(settings: &Settings, assembly: Assembly, listen: SocketAddr) -> Result<Running, Failure> {
    let Assembly { app, recording, demo } = assembly;
    let told = Told::listen().map_err(Failure::io("signals"))?;
    let listener = TcpListener::bind(listen).map_err(Failure::io(format!(
        "cannot listen on {listen}; is something else there? Choose another with ANSWERABLE_SERVER__LISTEN"
    )))?;
    let address = listener.local_addr().map_err(Failure::io("listen"))?;
    let (stopping, stop) = watch::channel(false);
    let renewing = tokio::spawn(enforcement::keep_renewing(
        Arc::clone(&app.engine),
        settings.enforcement.renew(),
        stop.clone(),
    ));
    let mut beside = vec![renewing, tokio::spawn(crate::metrics::keep_watching(app.clone(), stop.clone()))];
    if settings.server.role != Role::Enforcement {
        let world = app.engine.world().clone();
        if let Some(mailer) = Mailer::of(settings)? {
            let sending = crate::mail::keep_sending(app.store.clone(), mailer, world.clone(), stop.clone());
            beside.push(tokio::spawn(sending));
        }
        beside.push(tokio::spawn(crate::polling::keep_polling(app.clone(), stop.clone())));
        beside.push(tokio::spawn(crate::refreshing::keep_refreshing(app.clone(), stop.clone())));
        beside.push(tokio::spawn(crate::revoking::keep_revoking(app.clone(), stop.clone())));
        beside.push(tokio::spawn(crate::counting::keep_counting(app.clone(), stop.clone())));
        beside.push(tokio::spawn(crate::ending::keep_purging(app.store.clone(), world, stop)));
    }
    let public_url = if settings.server.listen == listen {
        settings.server.public_url.clone()
    } else {
        format!("http://{address}")
    };
    let part = match settings.server.role {
        Role::All => Part::All,
        Role::Admin => Part::Management,
        Role::Enforcement => Part::Enforcement,
    };
    let (closing, closed) = watch::channel(false);
    let serving = Serving {
        part,
        app: app.clone(),
        public_url: public_url.clone(),
        max_body_bytes: settings.server.max_body_bytes,
        undo_window: undo_window(settings),
        sign_up: match settings.organizations.sign_up {
            settings::SignUp::Open => SignUp::Open,
            settings::SignUp::Invitation => SignUp::Invitation,
            settings::SignUp::Closed => SignUp::Closed,
        },
        demo: Demo(demo),
        workers: settings.server.workers,
        anonymous: Anonymous::new(settings.limits.sign_ins_per_minute, settings.limits.sign_ups_per_hour),
        proxies: Proxies::new(settings.server.trusted_proxies.clone()),
        closing: Closing(closed),
    };
    let server = web::serve(listener, serving).map_err(Failure::io("serve"))?;
    let handle = server.handle();
    let server = tokio::spawn(server);
    Ok(Running { address, public_url, app, server, handle, stopping, closing, beside, recording, told })
}

/// How long the end of an organization can be undone.
pub(crate) fn undo_window(settings: &Settings) -> UndoWindow {
    UndoWindow(chrono::TimeDelta::days(i64::from(settings.organizations.undo_days)))
}

impl Running {
    /// Waits for the order to stop (SIGTERM, SIGINT), then stops in order.
    pub(crate) async fn until_told(mut self) -> Result<(), Failure> {
        self.told.wait().await;
        tracing::info!("stopping: finishing what has begun");
        self.stop().await
    }

    /// Answers what has begun, then lets go of the lease, then waits until everything is recorded.
    pub(crate) async fn stop(self) -> Result<(), Failure> {
        let Self { app, server, handle, stopping, closing, beside, recording, .. } = self;
        // Who watches the log would be waited for.
        closing.send_replace(true);
        handle.stop(true).await;
        server.await.map_err(|error| Failure::Said(error.to_string()))?.map_err(Failure::io("serve"))?;
        stopping.send_replace(true);
        for task in beside {
            task.await.map_err(|error| Failure::Said(error.to_string()))?;
        }
        // The recorder ends when nobody can submit any more.
        drop(app);
        match recording {
            Some(recording) => recording.await.map_err(|error| Failure::Said(error.to_string())),
            None => Ok(()),
        }
    }
}

impl Told {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
