"""Tells channels of events (spec 20). Those of a run squall tells itself."""
import enum
import importlib
import json
import logging
import time
import urllib.request

from chaoslib import PayloadEncoder

__all__ = [
    "DiscoverFlowEvent",
    "FlowEvent",
    "InitFlowEvent",
    "RunFlowEvent",
    "ValidateFlowEvent",
    "notify",
    "notify_via_plugin",
    "notify_with_http",
]

logger = logging.getLogger("chaostoolkit")


class FlowEvent(enum.Enum):
    pass


class DiscoverFlowEvent(FlowEvent):
    DiscoverStarted = "discovery-started"
    DiscoverFailed = "discovery-failed"
    DiscoverCompleted = "discovery-completed"


class InitFlowEvent(FlowEvent):
    InitStarted = "init-started"
    InitFailed = "init-failed"
    InitCompleted = "init-completed"


class RunFlowEvent(FlowEvent):
    RunStarted = "run-started"
    RunFailed = "run-failed"
    RunCompleted = "run-completed"
    RunDeviated = "run-deviated"


class ValidateFlowEvent(FlowEvent):
    ValidateStarted = "validate-started"
    ValidateFailed = "validate-failed"
    ValidateCompleted = "validate-completed"


def notify(settings, event, payload=None, error=None):
    """Tells every channel of the settings that wants to know of this event. What fails is logged for debugging."""
    channels = (settings or {}).get("notifications") or ()
    phase = {DiscoverFlowEvent: "discovery", InitFlowEvent: "init", RunFlowEvent: "run", ValidateFlowEvent: "validate"}
    told = {"name": event.value, "payload": payload, "phase": phase.get(type(event), "unknown"), "ts": time.time()}
    if error:
        told["error"] = error
    ways = {"http": notify_with_http, "plugin": notify_via_plugin}
    for channel in channels:
        wanted, way = channel.get("events"), ways.get(channel.get("type"))
        if way and (not wanted or event.value in wanted):
            way(channel, told)


def notify_with_http(channel, payload):
    try:
        is_sent = channel.get("forward_event_payload", True)
        data = json.dumps(payload, cls=PayloadEncoder).encode("utf-8") if is_sent else None
        headers = dict({"Content-Type": "application/json"} if is_sent else {}, **(channel.get("headers") or {}))
        request = urllib.request.Request(channel["url"], data=data, headers=headers)
        with _opener(channel).open(request, timeout=5):
            pass
    except Exception:
        logger.debug("failed calling notification endpoint", exc_info=True)


def _opener(channel):
    from chaoslib.provider.http import opener_of

    return opener_of(channel)


def notify_via_plugin(channel, payload):
    try:
        getattr(importlib.import_module(channel["module"]), channel.get("func", "notify"))(channel, payload)
    except Exception:
        logger.debug("failed calling notification plugin", exc_info=True)
