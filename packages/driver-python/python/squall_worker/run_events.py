"""Tells event handlers what happens in a run, with a journal that grows as it does (spec 16)."""
import datetime
import logging
import threading

logger = logging.getLogger("chaostoolkit")


class RunEvents:
    """The handlers of one run. Controls register them through the `event_registry` of configure_control."""

    def __init__(self):
        self.handlers = []
        self._lock = threading.Lock()
        self._waiting = {}
        self._next = 1
        self._is_running = False
        self.is_over = False
        self._entries = {}
        self._states = {}
        self._phases = {"method": [], "rollbacks": []}
        self.experiment = {}
        self.others = {}
        self.journal = {
            "experiment": self.experiment,
            "status": None,
            "deviated": False,
            "steady_states": {"before": None, "after": None, "during": []},
            "run": self._phases["method"],
            "rollbacks": self._phases["rollbacks"],
        }

    def register(self, handler):
        self.handlers.append(handler)

    def receive(self, number, event):
        """Sees events by their numbers, in whatever order the threads that bring them come."""
        with self._lock:
            self._waiting[number] = event
            while self._next in self._waiting:
                self.see(self._waiting.pop(self._next))
                self._next += 1

    def see(self, event):
        """Follows one event of the run."""
        if not self._is_running:
            self._is_running = True
            self._tell("running", self.experiment, self.journal, *self._surroundings())
        method = getattr(self, "_" + event["type"].replace("-", "_"), None)
        if method:
            method(event)

    def _surroundings(self):
        from chaoslib.types import Schedule

        others = self.others
        return others.get("configuration"), others.get("secrets"), Schedule(), others.get("settings")

    def _tell(self, name, *arguments):
        for handler in self.handlers:
            try:
                getattr(handler, name)(*arguments)
            except Exception:
                logger.debug("Handler %s failed on '%s'", type(handler).__name__, name, exc_info=True)

    def _hypothesis_started(self, event):
        phase = event["phase"]
        self._states[phase] = {"steady_state_met": None, "probes": []}
        self._phases[phase] = self._states[phase]["probes"]
        if phase != "during":
            self._tell("start_hypothesis_%s" % phase, self.experiment)
        elif event["check"] == 1:
            self._tell("start_continuous_hypothesis", 0)

    def _hypothesis_completed(self, event):
        phase, state = event["phase"], self._states[event["phase"]]
        state["steady_state_met"] = event["met"]
        if phase == "during":
            self.journal["steady_states"]["during"].append(state)
            self._tell("continuous_hypothesis_iteration", event["check"], state)
            return
        self.journal["steady_states"][phase] = state
        self._tell("hypothesis_%s_completed" % phase, self.experiment, state, self.journal)

    def _method_started(self, _event):
        self._tell("start_method", self.experiment)

    def _method_completed(self, _event):
        if self._states.get("during"):
            self._tell("continuous_hypothesis_completed", self.experiment, self.journal)
        self._tell("method_completed", self.experiment, self.journal["run"])

    def _rollbacks_started(self, _event):
        self._tell("start_rollbacks", self.experiment)

    def _rollbacks_completed(self, _event):
        self._tell("rollbacks_completed", self.experiment, self.journal)

    def _activity_started(self, event):
        entry = {"activity": event["activity"], "output": None, "start": _timestamp(event)}
        self._entries[event["id"]] = entry
        self._phases[event["phase"]].append(entry)
        self._tell("start_activity", event["activity"])

    def _activity_completed(self, event):
        entry = self._entries.pop(event["id"])
        for name in ("output", "status", "exception"):
            if name in event:
                entry[name] = event[name]
        entry.update(end=_timestamp(event), duration=event["duration"])
        self._tell("activity_completed", entry["activity"], entry)

    def _status_changed(self, event):
        self.journal["status"] = event["status"]

    def _deviated(self, _event):
        self.journal["deviated"] = True

    def _interrupted(self, event):
        if str(event["by"]).startswith("SIG") and event["by"] != "SIGTERM":
            self._tell("signal_exit")
        else:
            self._tell("interrupted", self.experiment, self.journal)

    def _run_completed(self, event):
        self.journal.update(status=event["status"], deviated=event["deviated"], end=_timestamp(event), duration=event["duration"])
        self._tell("finish", self.journal)
        self.is_over = True


def _timestamp(event):
    return datetime.datetime.fromtimestamp(event["time"] / 1000, datetime.timezone.utc).isoformat()
