"""The base class of event handlers (spec 16)."""

__all__ = ["EventHandlerRegistry", "RunEventHandler"]


class RunEventHandler:
    """Every method is optional."""

    def started(self, experiment, journal):
        pass

    def running(self, experiment, journal, configuration, secrets, schedule, settings):
        pass

    def finish(self, journal):
        pass

    def interrupted(self, experiment, journal):
        pass

    def signal_exit(self):
        pass

    def start_continuous_hypothesis(self, frequency):
        pass

    def continuous_hypothesis_iteration(self, iteration_index, state):
        pass

    def continuous_hypothesis_completed(self, experiment, journal, exception=None):
        pass

    def start_hypothesis_before(self, experiment):
        pass

    def hypothesis_before_completed(self, experiment, state, journal):
        pass

    def start_hypothesis_after(self, experiment):
        pass

    def hypothesis_after_completed(self, experiment, state, journal):
        pass

    def start_method(self, experiment):
        pass

    def method_completed(self, experiment, state=None):
        pass

    def start_rollbacks(self, experiment):
        pass

    def rollbacks_completed(self, experiment, journal):
        pass

    def start_activity(self, activity):
        pass

    def activity_completed(self, activity, run):
        pass

    def start_cooldown(self, duration):
        pass

    def cooldown_completed(self):
        pass


class EventHandlerRegistry:
    def __init__(self):
        self.handlers = []

    def register(self, handler):
        self.handlers.append(handler)
