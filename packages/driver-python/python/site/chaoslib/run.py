"""The base class of event handlers (spec 16)."""
import datetime
import functools
import logging
import platform

from chaoslib import __version__
from chaoslib.real_library import only_in_the_real_library

__all__ = ["EventHandlerRegistry", "RunEventHandler", "Runner", "initialize_run_journal"]

logger = logging.getLogger("chaostoolkit")


class RunEventHandler:
    """Every method is optional."""

    def started(self, experiment, journal):
        pass

    def running(self, experiment, journal, configuration, secrets, schedule, settings):
        pass

    def finish(self, journal):
        pass

    def interrupted(self, experiment, journal):
        pass

    def signal_exit(self):
        pass

    def start_continuous_hypothesis(self, frequency):
        pass

    def continuous_hypothesis_iteration(self, iteration_index, state):
        pass

    def continuous_hypothesis_completed(self, experiment, journal, exception=None):
        pass

    def start_hypothesis_before(self, experiment):
        pass

    def hypothesis_before_completed(self, experiment, state, journal):
        pass

    def start_hypothesis_after(self, experiment):
        pass

    def hypothesis_after_completed(self, experiment, state, journal):
        pass

    def start_method(self, experiment):
        pass

    def method_completed(self, experiment, state=None):
        pass

    def start_rollbacks(self, experiment):
        pass

    def rollbacks_completed(self, experiment, journal):
        pass

    def start_activity(self, activity):
        pass

    def activity_completed(self, activity, run):
        pass

    def start_cooldown(self, duration):
        pass

    def cooldown_completed(self):
        pass


class EventHandlerRegistry:
    """Has every method of a handler, and calls that of each handler; what one raises is logged for debugging."""

    def __init__(self):
        self.handlers = []

    def register(self, handler):
        self.handlers.append(handler)

    def __getattr__(self, name):
        if name.startswith("_") or not hasattr(RunEventHandler, name):
            raise AttributeError(name)
        return functools.partial(self._tell, name)

    def _tell(self, name, *args, **kwargs):
        for handler in self.handlers:
            try:
                getattr(handler, name)(*args, **kwargs)
            except Exception:
                logger.debug("Handler %s failed", type(handler).__name__, exc_info=True)


Runner = only_in_the_real_library(
    "chaoslib.run.Runner", "an experiment is run by `squall run`, which this is called from"
)


def initialize_run_journal(experiment):
    """A journal in which nothing has happened (spec 15)."""
    return {
        "chaoslib-version": __version__,
        "platform": platform.platform(),
        "node": platform.node(),
        "experiment": experiment.copy(),
        "start": datetime.datetime.now(datetime.timezone.utc).isoformat(),
        "status": None,
        "deviated": False,
        "steady_states": {"before": None, "after": None, "during": []},
        "run": [],
        "rollbacks": [],
    }
