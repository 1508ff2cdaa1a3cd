"""Checks a steady state, for extensions that look at it themselves (spec 9.1)."""
import logging

from chaoslib.activity import ensure_activity_is_valid
from chaoslib.control import controls
from chaoslib.exceptions import InvalidActivity, InvalidExperiment
from chaoslib.execution import execute_activity
from chaoslib.tolerance import ensure_hypothesis_tolerance_is_valid, within_tolerance
from chaoslib.types import Dry

__all__ = [
    "ensure_hypothesis_is_valid",
    "ensure_hypothesis_tolerance_is_valid",
    "run_steady_state_hypothesis",
    "within_tolerance",
]

logger = logging.getLogger("chaostoolkit")


def ensure_hypothesis_is_valid(experiment):
    """Raises InvalidExperiment or InvalidActivity for the first thing that is wrong."""
    hypothesis = experiment.get("steady-state-hypothesis")
    if hypothesis is None:
        return
    if not hypothesis.get("title"):
        raise InvalidExperiment("hypothesis requires a title")
    for probe in hypothesis.get("probes") or ():
        ensure_activity_is_valid(probe)
        if "tolerance" not in probe:
            raise InvalidActivity("hypothesis probe must have a tolerance entry")
        ensure_hypothesis_tolerance_is_valid(probe["tolerance"])


def run_steady_state_hypothesis(experiment, configuration=None, secrets=None, dry=None, event_registry=None):
    """What a journal shows of a check; None without a hypothesis. The first probe that is not well ends it."""
    hypothesis = experiment.get("steady-state-hypothesis")
    if not hypothesis:
        return None
    logger.info("Steady state hypothesis: %s", hypothesis.get("title"))
    state = {"steady_state_met": None, "probes": []}
    with controls("hypothesis", experiment, hypothesis, configuration, secrets) as control:
        control.with_state(state)
        for activity in hypothesis.get("probes") or ():
            run = execute_activity(experiment, activity, configuration, secrets, dry, event_registry)
            state["probes"].append(run)
            run["tolerance_met"] = _is_met(run, activity, configuration, secrets, dry)
            if not run["tolerance_met"]:
                state["steady_state_met"] = False
                return state
        state["steady_state_met"] = True
        logger.info("Steady state hypothesis is met!")
    return state


def _is_met(run, activity, configuration, secrets, dry):
    if run["status"] == "failed":
        logger.warning("Probe terminated unexpectedly, so its tolerance could not be validated")
        return False
    if dry in (Dry.PROBES, Dry.ACTIVITIES):
        return True
    return bool(within_tolerance(activity.get("tolerance"), run["output"], configuration, secrets))
