"""Secrets as an experiment declares them (spec 3.2)."""
import os

from chaoslib.exceptions import InvalidExperiment
from chaoslib.real_library import only_in_the_real_library

__all__ = ["create_vault_client", "load_secrets"]


def load_secrets(secrets_info, configuration=None, extra_vars=None):
    """Values from the environment in place of their declarations. What comes from elsewhere squall reads, not this."""
    return {key: _value(value, (extra_vars or {}).get(key)) for key, value in (secrets_info or {}).items()}


def _value(value, override=None):
    if override is not None:
        return override
    if not isinstance(value, dict):
        return value
    if value.get("type") == "env":
        if value["key"] not in os.environ:
            raise InvalidExperiment("Secrets make reference to an environment key that does not exist: %s" % value["key"])
        return os.environ[value["key"]]
    return {key: _value(item) for key, item in value.items()}


create_vault_client = only_in_the_real_library(
    "chaoslib.secret.create_vault_client", "squall reads Vault itself, and hands secrets to a parameter `secrets`"
)
