"""Calls the hook functions of control modules (spec 17.2). All are optional."""
import enum
import inspect
import threading

from .differences import Snapshot
from .documents import Documents
from .failure import Aborted, Failure, exited, one_line
from .functions import load_module, parameters_of
from .run_events import RunEvents

BESIDE = ("secrets", "configuration", "state", "experiment", "extensions", "settings", "event_registry")
NAMES = [
    *("%s_%s_control" % (when, level) for level in ("experiment", "hypothesis", "method", "rollback", "activity") for when in ("before", "after")),
    "before_loading_experiment_control",
    "after_loading_experiment_control",
    "configure_control",
    "cleanup_control",
]

_runs = {}
_events = {}
_lock = threading.Lock()


def open_control(request, _task):
    """The hooks a module has, each with the parameters it declares beside its arguments."""
    module = load_module(request["module"])
    return {name: _declared(getattr(module, name)) for name in NAMES if callable(getattr(module, name, None))}


def _declared(function):
    return [name for name in parameters_of(function) if name in BESIDE]


def validate_control(request, _task):
    """What the module itself finds wrong with a declaration; None for nothing."""
    validate = getattr(load_module(request["module"]), "validate_control", None)
    if validate is None:
        return None
    try:
        validate(request["control"])
    except Exception as error:
        return one_line(error)
    return None


def call_hook(request, task):
    """Calls one hook and answers with what it changed. Raises Failure: `interrupt`, `exit`, `raised`."""
    documents = _documents_of(request["run"])
    documents.take(request.get("documents"))
    function = getattr(load_module(request["module"]), request["hook"])
    given = {name: _given(how, documents) for name, how in request["give"].items()}
    if "event_registry" in given:
        given["event_registry"] = _events_of(request["run"])
    inline = [name for name, how in request["give"].items() if isinstance(how.get("value"), (dict, list))]
    before = {name: Snapshot(given[name]) for name in inline}
    failure = _call(function, {**request["arguments"], **given})
    changes = {**documents.changes(), **{name: known.changes(given[name]) for name, known in before.items()}}
    return {
        "changes": [[name, steps] for name, steps in changes.items() if steps],
        **({"skip": True} if _is_skipped(request["hook"], given.get("context")) else {}),
        **({"fail": failure.fields} if failure else {}),
        **({"listens": True} if request["run"] in _events and _events[request["run"]].handlers else {}),
    }


def see_event(request, _task):
    """Tells the handlers of a run what happened in it. The last event is that it is over."""
    events = _events_of(request["run"])
    documents = _documents_of(request["run"])
    documents.take(request.get("documents"))
    for name in ("configuration", "secrets", "settings"):
        if documents.has(name):
            events.others[name] = documents.value(name)
    if documents.has("experiment"):
        events.experiment = events.journal["experiment"] = documents.value("experiment")
    events.receive(request["number"], request["event"])
    # Another thread may bring an earlier event still.
    if events.is_over:
        with _lock:
            _runs.pop(request["run"], None)
            _events.pop(request["run"], None)


def close_run(request, _task):
    """Forgets a run that nobody listens to."""
    with _lock:
        if request["run"] not in _events:
            _runs.pop(request["run"], None)


def _events_of(run):
    with _lock:
        return _events.setdefault(run, RunEvents())


def _documents_of(run):
    with _lock:
        return _runs.setdefault(run, Documents())


def _given(how, documents):
    if "document" not in how:
        return how["value"]
    value = documents.value(how["document"], how.get("path", ()))
    return value.get("extensions") if how.get("extensions") and isinstance(value, dict) else value


def _call(function, arguments):
    try:
        function(**arguments)
    except Aborted:
        raise
    except Exception as error:
        return Failure("interrupt" if _is_interruption(error) else "raised", message=str(error), line=one_line(error))
    except (SystemExit, KeyboardInterrupt) as error:
        return exited(error)
    return None


def _is_interruption(error):
    return any(
        base.__name__ == "InterruptExecution" and base.__module__ == "chaoslib.exceptions" for base in inspect.getmro(type(error))
    )


def _is_skipped(hook, activity):
    """The enumeration's own values are the only ones that skip an activity (spec 18)."""
    if hook != "before_activity_control" or not isinstance(activity, dict):
        return False
    dry = activity.get("dry")
    if not isinstance(dry, enum.Enum) or type(dry).__name__ != "Dry":
        return False
    return dry.value == "activities" or dry.value == "%ss" % activity.get("type")
