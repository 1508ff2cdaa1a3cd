"""Plays the rollbacks of an experiment (spec 12)."""
import logging

from chaoslib.execution import execute_activity

__all__ = ["run_rollbacks"]

logger = logging.getLogger("chaostoolkit")


def run_rollbacks(experiment, configuration, secrets, pool=None, dry=None, event_registry=None):
    """The entries of the rollbacks as they are played; a future of the pool for one in the background."""
    rollbacks = experiment.get("rollbacks") or ()
    if not rollbacks:
        logger.info("No declared rollbacks, let's move on.")
    for activity in rollbacks:
        logger.info("Rollback: %s", activity.get("name"))
        given = (experiment, activity, configuration, secrets, dry, event_registry)
        yield pool.submit(execute_activity, *given) if pool and activity.get("background") else execute_activity(*given)
