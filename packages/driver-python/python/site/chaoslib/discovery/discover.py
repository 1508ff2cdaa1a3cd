"""What a module offers, in the shape that `chaos discover` writes (spec 23.1)."""
import collections.abc
import datetime
import importlib
import inspect
import logging
import platform
import types
import typing
import uuid

from chaoslib import __version__
from chaoslib.exceptions import DiscoveryFailed

__all__ = [
    "discover",
    "discover_actions",
    "discover_activities",
    "discover_probes",
    "initialize_discovery_result",
    "portable_type_name",
    "portable_type_name_to_python_type",
]

logger = logging.getLogger("chaostoolkit")


def discover(package_name, discover_system=True, download_and_install=False):
    """What an installed extension says of itself. Raises DiscoveryFailed."""
    from chaoslib.discovery.package import get_discover_function, install, load_package

    if download_and_install:
        install(package_name)
    return get_discover_function(load_package(package_name))(discover_system=discover_system)


def initialize_discovery_result(extension_name, extension_version, discovery_type):
    facts = platform.uname()
    return {
        "chaoslib_version": __version__,
        "id": str(uuid.uuid4()),
        "target": discovery_type,
        "date": "%sZ" % datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None).isoformat(),
        "platform": {
            "system": facts.system,
            "node": facts.node,
            "release": facts.release,
            "version": facts.version,
            "machine": facts.machine,
            "proc": facts.processor,
            "python": platform.python_version(),
        },
        "extension": {"name": extension_name, "version": extension_version},
        "activities": [],
        "system": None,
    }


def discover_actions(extension_mod_name):
    logger.info("Searching for actions in %s", extension_mod_name)
    return discover_activities(extension_mod_name, "action")


def discover_probes(extension_mod_name):
    logger.info("Searching for probes in %s", extension_mod_name)
    return discover_activities(extension_mod_name, "probe")


def discover_activities(extension_mod_name, activity_type):
    """The functions that a module lists in `__all__`, by name."""
    try:
        module = importlib.import_module(extension_mod_name)
    except ImportError as error:
        raise DiscoveryFailed("could not import extension module '%s'" % extension_mod_name) from error
    try:
        exported = module.__all__
    except AttributeError:
        logger.warning("'%s' does not expose the __all__ attribute, so nothing of it is found", extension_mod_name)
        return []
    functions = inspect.getmembers(module, inspect.isfunction)
    return [_activity(extension_mod_name, activity_type, n, f) for n, f in functions if n in exported]


def _activity(module, kind, name, function):
    signature = inspect.signature(function)
    activity = {
        "type": kind,
        "name": name,
        "mod": module,
        "doc": inspect.getdoc(function),
        "arguments": [_argument(p) for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD],
    }
    if signature.return_annotation is not signature.empty:
        activity["return_type"] = portable_type_name(signature.return_annotation)
    return activity


def _argument(parameter):
    argument = {"name": parameter.name}
    if parameter.default is not parameter.empty:
        argument["default"] = parameter.default
    if parameter.annotation is not parameter.empty:
        argument["type"] = portable_type_name(parameter.annotation)
    return argument


_NAMES = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    bytes: "byte",
    set: "set",
    tuple: "tuple",
    list: "list",
    dict: "mapping",
    type(None): "null",
    None: "null",
    collections.abc.Mapping: "mapping",
}
_UNIONS = [union for union in (typing.Union, getattr(types, "UnionType", None)) if union is not None]


def portable_type_name(annotation):
    """The name of a type in a discovery file."""
    if isinstance(annotation, str):
        annotation = {known.__name__: known for known in _NAMES if isinstance(known, type)}.get(annotation, annotation)
    origin = typing.get_origin(annotation)
    if origin in _UNIONS:
        # An optional value has the name of what it is when it is there.
        given = [part for part in typing.get_args(annotation) if part is not type(None)]
        return portable_type_name(given[0]) if len(given) == 1 else "object"
    try:
        return _NAMES.get(origin or annotation, "object")
    except TypeError:
        return "object"


def portable_type_name_to_python_type(name):
    found = [known for known, told in _NAMES.items() if told == name and isinstance(known, type)]
    return found[0] if found else object
