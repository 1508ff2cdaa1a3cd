"""Configuration as an experiment declares it (spec 3.1)."""
import logging
import os

from chaoslib import convert_to_type
from chaoslib.exceptions import InvalidExperiment

__all__ = ["load_configuration", "load_dynamic_configuration"]

logger = logging.getLogger("chaostoolkit")


def load_configuration(config_info, extra_vars=None):
    """Values from the environment in place of their declarations. Probes are asked by squall, not here."""
    declared = {key: (extra_vars or {}).get(key, value) for key, value in (config_info or {}).items()}
    return {key: _value(key, value) for key, value in declared.items()}


def _value(key, value):
    if not isinstance(value, dict) or value.get("type") != "env":
        return value
    kind, variable = value.get("env_var_type"), value["key"]
    if variable in os.environ:
        return convert_to_type(kind, os.environ[variable])
    if "default" not in value:
        raise InvalidExperiment("Configuration makes reference to an environment key that does not exist: %s" % variable)
    default = value["default"]
    return convert_to_type(kind, default) if isinstance(default, str) else default


def load_dynamic_configuration(config, secrets=None):
    """What probes answer in place of their declarations; one that fails leaves its key out (spec 3.3)."""
    from chaoslib.activity import run_activity

    found = {}
    for key, value in (config or {}).items():
        if not isinstance(value, dict) or value.get("type") != "probe":
            found[key] = value
            continue
        try:
            given = _result(value["provider"]["type"], run_activity(value, found, secrets))
        except Exception:
            logger.warning("The dynamic configuration '%s' could not be loaded", key, exc_info=True)
            continue
        if given is not _NOTHING:
            found[key] = given
    return found


_NOTHING = object()


def _result(kind, answer):
    if kind == "http":
        return answer["body"]
    if kind == "process":
        return answer["stdout"].strip() if answer["status"] == 0 else _NOTHING
    return answer
