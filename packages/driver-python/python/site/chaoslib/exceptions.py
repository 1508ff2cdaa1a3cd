"""The exceptions of Chaos Toolkit, under the names that extensions use."""

__all__ = [
    "ActivityFailed",
    "ChaosException",
    "ControlPythonFunctionLoadingError",
    "DiscoveryFailed",
    "ExperimentExitedException",
    "FailedActivity",
    "InterruptExecution",
    "InvalidActivity",
    "InvalidControl",
    "InvalidExperiment",
    "InvalidSource",
]


class ChaosException(Exception):
    pass


class InvalidActivity(ChaosException):
    pass


class InvalidExperiment(ChaosException):
    pass


class InvalidSource(ChaosException):
    pass


class InvalidControl(ChaosException):
    pass


class ActivityFailed(ChaosException):
    pass


class DiscoveryFailed(ChaosException):
    pass


class InterruptExecution(ChaosException):
    """Raised by a control, it ends the run."""


class ExperimentExitedException(ChaosException):
    pass


class ControlPythonFunctionLoadingError(Exception):
    pass


# The name it had before.
FailedActivity = ActivityFailed
