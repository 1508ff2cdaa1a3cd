"""Checks and plays single activities, for extensions that hold some of their own (spec 5)."""
from chaoslib.caching import lookup_activity
from chaoslib.exceptions import InvalidActivity
from chaoslib.execution import execute_activity, run_activities
from chaoslib.provider.http import run_http_activity, validate_http_activity
from chaoslib.provider.process import run_process_activity, validate_process_activity
from chaoslib.provider.python import run_python_activity, validate_python_activity

__all__ = [
    "ensure_activity_is_valid",
    "execute_activity",
    "get_all_activities_in_experiment",
    "lookup_activity",
    "run_activities",
    "run_activity",
]

_VALIDATE = {"python": validate_python_activity, "process": validate_process_activity, "http": validate_http_activity}
_RUN = {"python": run_python_activity, "process": run_process_activity, "http": run_http_activity}


def ensure_activity_is_valid(activity):
    """Raises InvalidActivity for the first thing that is wrong (spec 1.2)."""
    if not activity:
        raise InvalidActivity("empty activity is no activity")
    ref = activity.get("ref")
    if ref is not None:
        if not isinstance(ref, str) or ref == "":
            raise InvalidActivity("reference to activity must be non-empty strings")
        return
    if activity.get("type") not in ("probe", "action"):
        raise InvalidActivity("'%s' is not a supported activity type" % activity.get("type"))
    if not activity.get("name"):
        raise InvalidActivity("an activity must have a name")
    provider = activity.get("provider")
    if not provider:
        raise InvalidActivity("an activity requires a provider")
    if provider.get("type") not in _VALIDATE:
        raise InvalidActivity("unknown provider type '%s'" % provider.get("type"))
    _check_keys(activity)
    _VALIDATE[provider["type"]](activity)


def _check_keys(activity):
    if not _is_number(activity.get("timeout", 0)):
        raise InvalidActivity("activity timeout must be a number")
    pauses = activity.get("pauses") or {}
    for when in ("before", "after"):
        pause = pauses.get(when)
        is_reference = isinstance(pause, str) and pause.startswith("${") and pause.endswith("}")
        if pause is not None and not is_reference and not _is_number(pause):
            raise InvalidActivity("activity %s pause must be a number" % when)
    if not isinstance(activity.get("background", False), bool):
        raise InvalidActivity("activity background must be a boolean")


def _is_number(value):
    return value is None or isinstance(value, (int, float))


def run_activity(activity, configuration=None, secrets=None):
    """What the activity answers with. Raises ActivityFailed when it fails."""
    kind = activity["provider"]["type"]
    if kind not in _RUN:
        raise InvalidActivity("unknown provider type '%s'" % kind)
    return _RUN[kind](activity, configuration or {}, secrets or {})


def get_all_activities_in_experiment(experiment):
    hypothesis = experiment.get("steady-state-hypothesis") or {}
    return [
        *(hypothesis.get("probes") or ()),
        *(experiment.get("method") or ()),
        *(experiment.get("rollbacks") or ()),
    ]
