"""The activities of an experiment by their names, while a function works on it (spec 5.1)."""
import functools
import inspect

__all__ = ["cache_activities", "clear_cache", "lookup_activity", "with_cache"]

_known = {}


def cache_activities(experiment):
    """The last activity of a name counts, one of the method before one of the hypothesis."""
    hypothesis = experiment.get("steady-state-hypothesis") or {}
    activities = [*(experiment.get("method") or ()), *(hypothesis.get("probes") or ())]
    _known.update({activity["name"]: activity for activity in activities if "name" in activity})
    return list(activities)


def clear_cache():
    _known.clear()


def lookup_activity(ref):
    return _known.get(ref)


def with_cache(function):
    """Fills the table from the parameter `experiment` for the time of a call."""

    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        experiment = inspect.signature(function).bind(*args, **kwargs).arguments.get("experiment")
        if experiment and not _known:
            cache_activities(experiment)
            try:
                return function(*args, **kwargs)
            finally:
                clear_cache()
        return function(*args, **kwargs)

    return wrapped
