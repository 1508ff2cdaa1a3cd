"""
Controls around code that an extension runs itself (spec 17). Those of the run squall applies; what is declared here by
hand, or in the experiment that is handed over, is applied here.
"""
import contextlib
import json
import logging
import os

from chaoslib.control.applicable import all_controls, get_all_activities, get_context_controls
from chaoslib.control.python import (
    apply_python_control,
    cleanup_control,
    import_control,
    initialize_control,
    validate_python_control,
)
from chaoslib.exceptions import InterruptExecution, InvalidControl
from chaoslib.settings import get_loaded_settings

__all__ = [
    "Control",
    "cleanup_controls",
    "cleanup_global_controls",
    "controls",
    "get_all_activities",
    "get_context_controls",
    "get_controls",
    "get_global_controls",
    "initialize_controls",
    "initialize_global_controls",
    "load_global_controls",
    "validate_controls",
]

logger = logging.getLogger("chaostoolkit")
_global = []


class Control:
    """Calls the hooks before something, and those after it with its state."""

    def __init__(self):
        self.state = None

    def begin(self, level, experiment, context, configuration=None, secrets=None):
        self.state = None
        _apply("before", level, experiment, context, None, configuration, secrets)

    def with_state(self, state):
        self.state = state

    def end(self, level, experiment, context, configuration=None, secrets=None):
        state, self.state = self.state, None
        _apply("after", level, experiment, context, state, configuration, secrets)


@contextlib.contextmanager
def controls(level, experiment=None, context=None, configuration=None, secrets=None):
    control = Control()
    try:
        control.begin(level, experiment, context, configuration, secrets)
        yield control
    finally:
        control.end(level, experiment, context, configuration, secrets)


def _apply(scope, level, experiment, context, state, configuration, secrets):
    for control in get_context_controls(level, experiment, context, _global):
        if control.get("scope", scope) != scope or not _is_python(control):
            continue
        given = (control, experiment, context, state, configuration, secrets, get_loaded_settings())
        try:
            apply_python_control("%s-%s" % (level, scope), *given)
        except InterruptExecution:
            raise
        except Exception:
            logger.debug("%s-control '%s' failed", scope, control.get("name"), exc_info=True)


def get_controls(experiment):
    return all_controls(experiment)


def get_global_controls():
    return list(_global)


def validate_controls(experiment):
    """Raises InvalidControl for the first thing that is wrong."""
    declared = all_controls(experiment)
    names = [control["name"] for control in declared if "name" in control and "ref" not in control]
    for control in declared:
        if "ref" in control and control["ref"] not in names:
            raise InvalidControl("Control reference '%s' declaration cannot be found" % control["ref"])
        if "name" not in control:
            raise InvalidControl("A control must have a `name` property")
        if "provider" not in control:
            raise InvalidControl("Control '%s' must have a `provider` property" % control["name"])
        if control.get("scope", "before") not in ("before", "after"):
            raise InvalidControl("Control '%s' scope property must be 'before' or 'after' only" % control["name"])
        if control["provider"].get("type") == "python":
            validate_python_control(control)


def initialize_controls(experiment, configuration=None, secrets=None, event_registry=None):
    for control in _by_name(all_controls(experiment)):
        _quietly("configure", initialize_control, control, experiment, configuration, secrets, None, event_registry)


def cleanup_controls(experiment):
    for control in _by_name(all_controls(experiment)):
        cleanup_control(control)


def load_global_controls(settings, control_files=None):
    """Those of settings and of control files, for the controls of this process; squall's own run has read its own."""
    found = [dict(settings or {}).get("controls") or {}, *[_read(path) for path in control_files or ()]]
    named = [dict(control, name=name) for group in found for name, control in group.items()]
    _global[:] = [control for control in named if not _is_python(control) or import_control(control)]


def initialize_global_controls(experiment, configuration, secrets, settings, event_registry=None):
    given = (experiment, configuration, secrets, settings, event_registry)
    _global[:] = [control for control in _global if _quietly("configure", initialize_control, control, *given)]


def cleanup_global_controls():
    for control in [_global.pop(0) for _ in range(len(_global))]:
        _quietly("cleanup", cleanup_control, control)


def _is_python(control):
    return (control.get("provider") or {}).get("type") == "python"


def _by_name(declared):
    return {control["name"]: control for control in reversed(declared) if control.get("name")}.values()


def _quietly(what, function, control, *args):
    try:
        function(control, *args)
        return True
    except Exception:
        logger.debug("Control '%s' failed to %s", control.get("name"), what, exc_info=True)
        return False


def _read(path):
    with open(path) as file:
        text = file.read()
    if os.path.splitext(path)[1] == ".json":
        return json.loads(text or "{}")
    import yaml

    return yaml.safe_load(text) or {}
