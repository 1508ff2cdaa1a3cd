"""Finds and calls the functions that experiments name (spec 6.1)."""
import functools
import importlib
import inspect
import os
import sys

from .failure import Aborted, Failure, exited, failed, unloaded


def load_module(name):
    """Imports a module. Raises Failure: `missing-module` with what is missing, or `import`."""
    try:
        return _import(name)
    except ModuleNotFoundError as error:
        raise Failure("missing-module", missing=error.name or name, message=str(error)) from None
    except (Aborted, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise unloaded(error) from None


def _import(name):
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        # It may have been installed or written a moment ago.
        importlib.invalidate_caches()
        return importlib.import_module(name)


def is_importable(request, _task):
    try:
        load_module(request["module"])
    except Failure:
        return False
    return True


def call_function(request, _task):
    """Calls a function and answers with what it returns. Raises Failure: `failed`, `exit` and those of load_module."""
    _go_where(request)
    function = _find(load_module(request["module"]), request["func"])
    arguments = dict(request.get("arguments") or {})
    parameters = parameters_of(function)
    for name in ("configuration", "secrets"):
        if name in parameters and request.get(name) is not None:
            arguments[name] = request[name]
    return run(function, arguments)


def notify(request, _task):
    """Calls a function with arguments by position; what it answers with is nobody's business."""
    run(_find(load_module(request["module"]), request["func"]), {}, request["positional"])


def _go_where(request):
    """An undo runs where its action did, and finds the same modules."""
    sys.path.extend(entry for entry in request.get("path") or () if entry not in sys.path)
    if "directory" in request:
        try:
            os.chdir(request["directory"])
        except OSError:
            # It has been removed since: a function that needs it will say so.
            pass


def run(function, arguments, positional=()):
    try:
        return function(*positional, **arguments)
    except Exception as error:
        raise failed(error) from None
    except (SystemExit, KeyboardInterrupt) as error:
        raise exited(error) from None


def _find(module, name):
    try:
        return getattr(module, name)
    except AttributeError:
        raise Failure("missing-function", names=function_names(module)) from None


@functools.lru_cache(maxsize=None)
def parameters_of(function):
    """Names of the parameters; none for a builtin that does not tell."""
    try:
        return tuple(inspect.signature(function).parameters)
    except (ValueError, TypeError):
        return ()


def function_names(module):
    """The functions a module offers: those it lists, else all that do not begin with an underscore."""
    listed = getattr(module, "__all__", None)
    names = listed if isinstance(listed, (list, tuple)) else [n for n in dir(module) if not n.startswith("_")]
    return [str(name) for name in names if _is_function(getattr(module, str(name), None))]


def _is_function(value):
    return inspect.isfunction(value) or inspect.isbuiltin(value)


def check_function(request, _task):
    """What is wrong with a call, without calling: the reference's rules (spec 6.1). An empty answer means nothing."""
    module = load_module(request["module"])
    function = getattr(module, request["func"], None)
    if not _is_function(function):
        raise Failure("missing-function", names=function_names(module), exists=function is not None)
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return {}
    arguments = dict(request.get("arguments") or {})
    arguments.update({name: None for name in ("configuration", "secrets") if name in signature.parameters})
    try:
        signature.bind(**arguments)
    except TypeError as error:
        takes = [name for name in signature.parameters if name not in ("configuration", "secrets")]
        return {"arguments": str(error), "takes": takes}
    return {}
