"""Plays an activity as a run does: controls, pauses, and the entry for a journal (spec 5.2)."""
import datetime
import logging
import time
import traceback

from chaoslib import substitute
from chaoslib.caching import lookup_activity
from chaoslib.control import controls
from chaoslib.exceptions import ActivityFailed
from chaoslib.types import Dry

__all__ = ["execute_activity", "run_activities"]

logger = logging.getLogger("chaostoolkit")


def execute_activity(experiment, activity, configuration=None, secrets=None, dry=None, event_registry=None):
    """The journal entry of an activity. A failed one has the status `failed`; other errors are raised."""
    ref = activity.get("ref")
    if ref:
        activity = lookup_activity(ref)
        if not activity:
            raise ActivityFailed("could not find referenced activity '%s'" % ref)
    with controls("activity", experiment, activity, configuration, secrets) as control:
        dry = activity.get("dry", dry)
        skipped = _is_skipped(activity, dry)
        pauses = substitute(activity.get("pauses") or {}, configuration, secrets)
        _pause("Pausing before next activity for %ss...", pauses.get("before"), skipped or dry == Dry.PAUSE)
        label = " [in background]" if activity.get("background") else ""
        logger.info("%s: %s%s", activity["type"].title(), activity.get("name"), label)
        run = {"activity": activity.copy(), "output": None}
        try:
            _tell(event_registry, "start_activity", activity)
            _play(run, activity, configuration, secrets, skipped)
        finally:
            _tell(event_registry, "activity_completed", activity, run)
            _pause("Pausing after activity for %ss...", pauses.get("after"), skipped or dry == Dry.PAUSE)
        control.with_state(run)
    return run


def _play(run, activity, configuration, secrets, skipped):
    from chaoslib.activity import run_activity

    start = datetime.datetime.now(datetime.timezone.utc)
    run["start"] = start.isoformat()
    try:
        run["output"] = None if skipped else run_activity(activity, configuration, secrets)
        run["status"] = "succeeded"
    except ActivityFailed as error:
        run["status"] = "failed"
        run["exception"] = traceback.format_exception(type(error), error, None)
        logger.error("  => failed: %s", error)
    finally:
        end = datetime.datetime.now(datetime.timezone.utc)
        run["end"] = end.isoformat()
        run["duration"] = (end - start).total_seconds()


def _is_skipped(activity, dry):
    return dry == Dry.ACTIVITIES or dry == {"probe": Dry.PROBES, "action": Dry.ACTIONS}.get(activity["type"])


def _pause(message, seconds, skipped):
    if seconds:
        logger.info(message, seconds)
        if not skipped:
            time.sleep(seconds)


def _tell(registry, event, *args):
    if registry is not None:
        getattr(registry, event)(*args)


def run_activities(experiment, configuration, secrets, pool=None, dry=None, event_registry=None):
    """The entries of the method as they are played; a future of the pool for one in the background."""
    for activity in experiment.get("method") or ():
        given = (experiment, activity, configuration, secrets, dry, event_registry)
        yield pool.submit(execute_activity, *given) if pool and activity.get("background") else execute_activity(*given)
