"""Which controls apply where: each once (spec 17.3)."""
import copy

__all__ = ["all_controls", "get_all_activities", "get_context_controls"]


def get_all_activities(experiment):
    hypothesis = experiment.get("steady-state-hypothesis") or {}
    return [*(hypothesis.get("probes") or ()), *(experiment.get("method") or ()), *(experiment.get("rollbacks") or ())]


def all_controls(experiment):
    hypothesis = experiment.get("steady-state-hypothesis") or {}
    owners = (experiment, hypothesis, *get_all_activities(experiment))
    return [control for owner in owners for control in owner.get("controls") or ()]


def get_context_controls(level, experiment=None, context=None, global_controls=()):
    """Those of the experiment, global ones, then those of the hypothesis or activity, which hide ones of their name."""
    if not experiment:
        return list(global_controls)
    declared = experiment.get("controls") or ()
    if level == "experiment":
        return [*global_controls, *declared]
    automatic = [copy.deepcopy(control) for control in declared if control.get("automatic", True)]
    if level in ("method", "rollback"):
        return automatic or list(global_controls)
    local = (context or {}).get("controls") or ()
    named = {control.get("name"): control for control in declared}
    referred = [named[control["ref"]] for control in local if control.get("ref") in named]
    own = [control for control in local if "ref" not in control]
    hidden = [control.get("name") for control in (*own, *referred)]
    outer = [control for control in (*automatic, *global_controls) if control.get("name") not in hidden]
    return [*outer, *copy.deepcopy(own), *copy.deepcopy(referred)]
