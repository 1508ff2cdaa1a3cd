"""Stands in for chaostoolkit-lib where that is not installed: what extensions import of it."""
import datetime
import decimal
import hashlib
import json
import os
import re
import uuid

__version__ = "1.45.0"
__all__ = [
    "__version__",
    "convert_to_type",
    "convert_vars",
    "decode_bytes",
    "experiment_hash",
    "merge_vars",
    "PayloadEncoder",
    "substitute",
]

_NAME = re.compile(r"\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\})")
_WHOLE = re.compile(r"\$\{([_a-zA-Z][_a-zA-Z0-9]*)\}\Z")


def substitute(data, configuration=None, secrets=None):
    """Replaces ${name} in texts, objects and lists by what configuration and secrets hold."""
    known = {}
    for group in (secrets or {}).values():
        if isinstance(group, dict):
            known.update(group)
    known.update(configuration or {})
    return _substituted(data, known)


def _substituted(data, known):
    if isinstance(data, dict):
        return {key: _substituted(value, known) for key, value in data.items()}
    if isinstance(data, list):
        return [_substituted(value, known) for value in data]
    if not isinstance(data, str):
        return data
    whole = _WHOLE.match(data)
    if whole and whole.group(1) in known:
        return known[whole.group(1)]
    return _NAME.sub(lambda found: _replacement(found, known), data)


def _replacement(found, known):
    if found.group(1):
        return "$"
    name = found.group(2) or found.group(3)
    return str(known[name]) if name in known else found.group(0)


def decode_bytes(data, default_encoding="utf-8"):
    try:
        return data.decode(default_encoding)
    except UnicodeDecodeError as error:
        from chaoslib.exceptions import ActivityFailed

        raise ActivityFailed("Failed to decode bytes using encoding '%s'" % default_encoding) from error


def convert_to_type(type, value):
    """Turns a text into the type that `--var NAME:TYPE=VALUE` names."""
    if value is None or type in (None, "str", "string"):
        return value
    if type in ("int", "integer"):
        return int(value)
    if type in ("float", "number"):
        return float(value)
    if type == "bytes":
        return value.encode("utf-8")
    if type == "bool":
        return value if isinstance(value, bool) else value.lower() not in ("false", "0", "no")
    if type == "json":
        return json.loads(value) if value else value
    raise ValueError("variable type '%s' is not supported" % type)


def convert_vars(value):
    found = {}
    for pair in value or ():
        name, text = pair.split("=", 1)
        name, _, kind = name.rpartition(":") if ":" in name else (name, "", "")
        found[name] = convert_to_type(kind or None, text)
    return found


def merge_vars(variables=None, var_files=None):
    """Configuration and secrets of variable files, the variables over them; other files go into the environment."""
    found = {"configuration": {}, "secrets": {}}
    for path in var_files or ():
        content = _variables_of(path)
        for key, values in found.items():
            values.update(content.get(key) or {})
    found["configuration"].update(variables or {})
    return found["configuration"], found["secrets"]


def _variables_of(path):
    with open(path) as file:
        text = file.read()
    extension = os.path.splitext(path)[1]
    if extension == ".json":
        return json.loads(text)
    if extension in (".yaml", ".yml"):
        import yaml

        return yaml.safe_load(text) or {}
    lines = (line.strip() for line in text.splitlines())
    os.environ.update(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {}


class PayloadEncoder(json.JSONEncoder):
    def default(self, obj):
        if isinstance(obj, (datetime.date, datetime.datetime)):
            return obj.isoformat()
        if isinstance(obj, (uuid.UUID, decimal.Decimal)):
            return str(obj)
        if isinstance(obj, Exception):
            return "An exception was raised: %r" % obj
        return super().default(obj)


def experiment_hash(experiment, hash_algo=None):
    text = json.dumps(experiment, indent=None, sort_keys=True, skipkeys=True, cls=PayloadEncoder).encode("utf-8")
    algo = hashlib.new(hash_algo) if hash_algo else hashlib.blake2b(digest_size=12)
    algo.update(text)
    return algo.hexdigest()
