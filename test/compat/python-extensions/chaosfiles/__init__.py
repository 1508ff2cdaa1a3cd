"""Chaos over files."""
import logging
import os

from chaoslib.discovery.discover import discover_actions, discover_probes, initialize_discovery_result
from chaoslib.types import Configuration, DiscoveredActivities, Discovery

__version__ = "0.3.0"
__all__ = ["__version__", "discover", "path_of"]

logger = logging.getLogger("chaostoolkit")


def path_of(name: str, configuration: Configuration = None) -> str:
    """Files lie in the folder that the configuration names, else in the working directory."""
    return os.path.join((configuration or {}).get("files_folder", "."), name)


def discover(discover_system: bool = True) -> Discovery:
    logger.info("Discovering capabilities from chaostoolkit-files")
    discovery = initialize_discovery_result("chaostoolkit-files", __version__, "files")
    discovery["activities"].extend(load_exported_activities())
    if discover_system:
        discovery["system"] = {"files": sorted(os.listdir("."))}
    return discovery


def load_exported_activities() -> DiscoveredActivities:
    activities = []
    activities.extend(discover_actions("chaosfiles.actions"))
    activities.extend(discover_probes("chaosfiles.probes"))
    activities.extend(discover_probes("chaosfiles.tolerances"))
    return activities
