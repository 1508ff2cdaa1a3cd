"""Helps an extension to tell what it offers."""
from .discover import discover_actions, discover_activities, discover_probes, initialize_discovery_result

__all__ = ["discover_actions", "discover_activities", "discover_probes", "initialize_discovery_result"]
