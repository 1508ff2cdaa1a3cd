"""Lets an activity or a control end the run (spec 14)."""
import contextlib
import os
import signal

__all__ = ["exit_gracefully", "exit_signals", "exit_ungracefully"]


def exit_gracefully():
    """Ends the run: rollbacks by their strategy."""
    os.kill(os.getpid(), signal.SIGUSR1)


def exit_ungracefully():
    """Ends the run at once: no rollbacks."""
    os.kill(os.getpid(), signal.SIGUSR2)


@contextlib.contextmanager
def exit_signals():
    """Squall receives these signals for the whole run."""
    yield
