"""Checks whole experiments (spec 1.1). Running one is squall's own work."""
from chaoslib import experiment_hash
from chaoslib.activity import ensure_activity_is_valid
from chaoslib.caching import lookup_activity, with_cache
from chaoslib.control import validate_controls
from chaoslib.exceptions import InvalidActivity, InvalidExperiment
from chaoslib.hypothesis import ensure_hypothesis_is_valid, run_steady_state_hypothesis
from chaoslib.loader import load_experiment
from chaoslib.real_library import only_in_the_real_library
from chaoslib.rollback import run_rollbacks

__all__ = [
    "ensure_experiment_is_valid",
    "experiment_hash",
    "load_experiment",
    "run_experiment",
    "run_rollbacks",
    "run_steady_state_hypothesis",
]

run_experiment = only_in_the_real_library(
    "chaoslib.experiment.run_experiment", "an experiment is run by `squall run`, which this is called from"
)


@with_cache
def ensure_experiment_is_valid(experiment):
    """Raises InvalidExperiment, InvalidActivity or InvalidControl for the first thing that is wrong."""
    if not experiment:
        raise InvalidExperiment("an empty experiment is not an experiment")
    for key in ("title", "description"):
        if not experiment.get(key):
            raise InvalidExperiment("experiment requires a %s" % key)
    if any(not isinstance(tag, str) or tag == "" for tag in experiment.get("tags") or ()):
        raise InvalidExperiment("experiment tags must be a non-empty string")
    for extension in experiment.get("extensions") or ():
        if not isinstance(extension, dict) or not (extension.get("name") or "").strip():
            raise InvalidExperiment("All extensions require a non-empty name")
    ensure_hypothesis_is_valid(experiment)
    if experiment.get("method") is None:
        raise InvalidExperiment("an experiment requires a method, which can be empty")
    for activity in experiment["method"]:
        ensure_activity_is_valid(activity)
        if "ref" in activity and lookup_activity(activity["ref"]) is None:
            raise InvalidActivity("referenced activity '%s' could not be found in the experiment" % activity["ref"])
    for activity in experiment.get("rollbacks") or ():
        ensure_activity_is_valid(activity)
    validate_controls(experiment)
