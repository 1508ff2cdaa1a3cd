"""Activities that call a Python function (spec 6.1)."""
import importlib
import inspect
import traceback

from chaoslib import substitute
from chaoslib.exceptions import ActivityFailed, InvalidActivity

__all__ = ["run_python_activity", "validate_python_activity"]


def run_python_activity(activity, configuration=None, secrets=None):
    provider = activity["provider"]
    function = getattr(importlib.import_module(provider["module"]), provider["func"])
    arguments = dict(provider.get("arguments") or {})
    if configuration or secrets:
        arguments = substitute(arguments, configuration, secrets)
    parameters = inspect.signature(function).parameters
    if "secrets" in parameters and "secrets" in provider:
        groups = [(secrets or {}).get(name) or {} for name in provider["secrets"]]
        arguments["secrets"] = {key: value for group in groups for key, value in group.items()}
    if "configuration" in parameters:
        arguments["configuration"] = dict(configuration or {})
    try:
        return function(**arguments)
    except Exception as error:
        raise ActivityFailed(traceback.format_exception_only(type(error), error)[0].strip()) from error


def validate_python_activity(activity):
    name, provider = activity.get("name"), activity["provider"]
    if not provider.get("module"):
        raise InvalidActivity("a Python activity must have a module path")
    if not provider.get("func"):
        raise InvalidActivity("a Python activity must have a function name")
    module, func = provider["module"], provider["func"]
    try:
        found = getattr(importlib.import_module(module), func, None)
    except ImportError as error:
        raise InvalidActivity("could not find Python module '%s' in activity '%s'" % (module, name)) from error
    if not (inspect.isfunction(found) or inspect.isbuiltin(found)):
        raise InvalidActivity("the Python module '%s' has no function '%s', in activity '%s'" % (module, func, name))
    _check_arguments(found, dict(provider.get("arguments") or {}), func)


def _check_arguments(function, arguments, name):
    try:
        signature = inspect.signature(function)
    except ValueError:
        return
    arguments.update({given: None for given in ("configuration", "secrets") if given in signature.parameters})
    try:
        signature.bind(**arguments)
    except TypeError as error:
        raise InvalidActivity("arguments of '%s': %s" % (name, error)) from error
