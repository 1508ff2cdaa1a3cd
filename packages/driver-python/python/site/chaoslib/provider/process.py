"""Activities that start a program (spec 6.2)."""
import os
import shutil
import subprocess

from chaoslib import decode_bytes, substitute
from chaoslib.exceptions import ActivityFailed, InvalidActivity

__all__ = ["run_process_activity", "validate_process_activity"]


def run_process_activity(activity, configuration=None, secrets=None):
    """The exit status and what the program wrote. Whatever the status, it has not failed."""
    provider = activity["provider"]
    arguments = provider.get("arguments") or []
    if configuration or secrets:
        arguments = substitute(arguments, configuration, secrets)
    path = shutil.which(os.path.expanduser(provider["path"])) or provider["path"]
    is_line = isinstance(arguments, str)
    command = "%s %s" % (path, arguments) if is_line else [path, *_words(arguments)]
    try:
        ended = subprocess.run(command, shell=is_line, capture_output=True, timeout=provider.get("timeout"))
    except subprocess.TimeoutExpired as error:
        raise ActivityFailed("process activity took too long to complete") from error
    return {"status": ended.returncode, "stdout": decode_bytes(ended.stdout), "stderr": decode_bytes(ended.stderr)}


def _words(arguments):
    """An object is a list of its keys and values; what is empty is left out."""
    words = [word for pair in arguments.items() for word in pair] if isinstance(arguments, dict) else arguments
    return [str(word) for word in words if word not in (None, "")]


def validate_process_activity(activity):
    name, path = activity.get("name"), activity["provider"].get("path")
    if not path:
        raise InvalidActivity("a process activity must have a path")
    if not shutil.which(path):
        raise InvalidActivity("path '%s' cannot be found, in activity '%s'" % (path, name))
