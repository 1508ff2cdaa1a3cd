"""Warnings about what is out of date (spec 22)."""
import logging
import warnings

__all__ = ["warn_about_deprecated_features", "warn_about_moved_function"]

logger = logging.getLogger("chaostoolkit")
DeprecatedDictArgsMessage = "Process arguments should now be a list to keep the ordering of the arguments."
DeprecatedVaultMissingPathMessage = "Vault secrets should now have a `path` property; `key` names a key of what is there."


def warn_about_deprecated_features(experiment):
    from chaoslib.activity import get_all_activities_in_experiment

    providers = [activity.get("provider") or {} for activity in get_all_activities_in_experiment(experiment)]
    if any(provider.get("type") == "process" and isinstance(provider.get("arguments"), dict) for provider in providers):
        _warn(DeprecatedDictArgsMessage)
    groups = [group for group in (experiment.get("secrets") or {}).values() if isinstance(group, dict)]
    secrets = [secret for group in groups for secret in group.values() if isinstance(secret, dict)]
    if any(secret.get("type") == "vault" and "key" in secret and "path" not in secret for secret in secrets):
        _warn(DeprecatedVaultMissingPathMessage)


def warn_about_moved_function(message):
    warnings.warn(message, DeprecationWarning, stacklevel=2)


def _warn(message):
    warnings.warn(message, DeprecationWarning, stacklevel=2)
    logger.warning(message)
