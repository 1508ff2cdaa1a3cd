"""The hook functions of a module (spec 17.2)."""
import copy
import importlib
import inspect
import logging

from chaoslib import substitute
from chaoslib.exceptions import InvalidActivity

__all__ = ["apply_python_control", "cleanup_control", "import_control", "initialize_control", "validate_python_control"]

logger = logging.getLogger("chaostoolkit")

_HOOKS = {
    "%s-%s" % (level, scope): "%s_%s_control" % (scope, "loading_experiment" if level == "loader" else level)
    for level in ("experiment", "hypothesis", "method", "rollback", "activity", "loader")
    for scope in ("before", "after")
}


def import_control(control):
    """The module of a control, or None where it cannot be imported."""
    try:
        return importlib.import_module(control["provider"]["module"])
    except ImportError:
        logger.debug("Control module '%s' could not be loaded", control["provider"]["module"], exc_info=True)
        return None


def validate_python_control(control):
    if "module" not in control["provider"]:
        raise InvalidActivity("Control '%s' must have a module path" % control["name"])
    module = import_control(control)
    if module is None:
        logger.warning("Could not find Python module '%s' in control '%s'", control["provider"]["module"], control["name"])
    elif hasattr(module, "validate_control"):
        module.validate_control(control)


def initialize_control(control, experiment, configuration=None, secrets=None, settings=None, event_registry=None):
    offered = dict(
        experiment=experiment,
        configuration=configuration,
        secrets=secrets,
        settings=settings,
        event_registry=event_registry,
    )
    _call(control, "configure_control", copy.deepcopy(control["provider"].get("arguments") or {}), offered)


def cleanup_control(control):
    _call(control, "cleanup_control", {}, {})


def apply_python_control(
    level, control, experiment, context, state=None, configuration=None, secrets=None, settings=None
):
    arguments = copy.deepcopy(control["provider"].get("arguments") or {})
    if configuration or secrets:
        arguments = substitute(arguments, configuration, secrets)
    offered = dict(
        experiment=experiment,
        configuration=configuration,
        secrets=secrets,
        settings=settings,
        extensions=(experiment or {}).get("extensions"),
    )
    if level.endswith("-after"):
        offered["state"] = state
    _call(control, _HOOKS[level], dict(arguments, context=context), offered)


def _call(control, name, arguments, offered):
    """A function gets of what is offered what it declares."""
    if (control.get("provider") or {}).get("type", "python") != "python":
        return
    function = getattr(import_control(control), name, None)
    if function is None:
        return
    declared = inspect.signature(function).parameters
    function(**dict(arguments, **{key: value for key, value in offered.items() if key in declared}))
