"""Finds the module of an extension and its own `discover` (spec 23.1)."""
import importlib
import importlib.metadata
import inspect

from chaoslib.exceptions import DiscoveryFailed
from chaoslib.real_library import only_in_the_real_library

__all__ = ["get_discover_function", "install", "load_package"]

install = only_in_the_real_library("chaoslib.discovery.package.install", "squall installs with `squall discover --install`")


def load_package(package_name):
    try:
        distribution = importlib.metadata.distribution(package_name)
    except importlib.metadata.PackageNotFoundError as error:
        raise DiscoveryFailed("Package %s not found" % package_name) from error
    named = (distribution.read_text("top_level.txt") or "").split()
    files = [str(file).split("/")[0] for file in distribution.files or () if str(file).endswith("__init__.py")]
    for name in (*named, *files):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    raise DiscoveryFailed("could not load Python module of %s" % package_name)


def get_discover_function(package):
    for _, function in inspect.getmembers(package, inspect.isfunction):
        if function.__name__ == "discover":
            return function
    raise DiscoveryFailed("package '%s' does not export a `discover` function" % package.__name__)
