"""The names of Chaos Toolkit's types, as annotations use them."""
import enum
from typing import Any, Dict, List, Union

__all__ = (
    "Action Activity Configuration ConfigVars Control DiscoveredActivities DiscoveredSystemInfo Discovery Dry "
    "EventPayload Experiment Extension Hypothesis Journal Layer MicroservicesStatus Probe Run Schedule Secrets "
    "SecretVars Settings Strategy TargetLayers Tolerance"
).split()

Action = Activity = Control = Experiment = Extension = Hypothesis = Journal = Probe = Run = Dict[str, Any]
Configuration = Secrets = Settings = ConfigVars = SecretVars = EventPayload = Dict[str, Any]
DiscoveredActivities = DiscoveredSystemInfo = Discovery = Layer = Dict[str, Any]
MicroservicesStatus = Any
TargetLayers = Dict[str, List[Dict[str, Any]]]
Tolerance = Union[int, str, bool, list, Dict[str, Any]]


class _Named(enum.Enum):
    @classmethod
    def from_string(cls, value):
        for member in cls:
            if member.value == value:
                return member
        raise ValueError("Unknown %s: %s" % (cls.__name__, value))


class Dry(_Named):
    PROBES = "probes"
    ACTIONS = "actions"
    ACTIVITIES = "activities"
    PAUSE = "pause"


class Strategy(_Named):
    BEFORE_METHOD = "before-method-only"
    AFTER_METHOD = "after-method-only"
    DURING_METHOD = "during-method-only"
    CONTINUOUS = "continuously"
    DEFAULT = "default"
    SKIP = "skip"


class Schedule:
    def __init__(self, continuous_hypothesis_frequency=1.0, fail_fast=False, fail_fast_ratio=0):
        self.continuous_hypothesis_frequency = continuous_hypothesis_frequency
        self.fail_fast = fail_fast
        self.fail_fast_ratio = fail_fast_ratio


def __getattr__(name):
    # Types only annotate: one that a later chaoslib has is no reason for an extension not to load.
    if name[:1].isupper():
        return Dict[str, Any]
    raise AttributeError(name)
