//! Being asked to end: Ctrl-C, and what process managers send.

use std::io;

use tokio::signal::ctrl_c;

/// Ends when somebody asks the program to end, by Ctrl-C or, on Unix, SIGTERM.
pub(super) async fn end_asked_for() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};

        let mut term = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = ctrl_c() => interrupted,
            _ = term.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    ctrl_c().await
}
