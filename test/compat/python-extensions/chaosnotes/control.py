import logging
from typing import Any, Dict, List

from chaoslib.exceptions import InterruptExecution, InvalidControl
from chaoslib.extension import get_extension, merge_extension
from chaoslib.types import Activity, Configuration, Control, Experiment, Extension, Hypothesis, Journal, Run, Secrets, Settings

logger = logging.getLogger("chaostoolkit")

notes: List[str] = []
limit = 0


def validate_control(control: Control) -> None:
    if "author" not in control["provider"].get("arguments", {}):
        raise InvalidControl("notes need an author")


def configure_control(
    experiment: Experiment,
    configuration: Configuration,
    secrets: Secrets,
    settings: Settings = None,
    author: str = None,
    most_failures: int = 100,
) -> None:
    global limit
    limit = most_failures
    configuration["noted_by"] = author
    note("configured for {}".format(experiment["title"]))


def cleanup_control() -> None:
    note("cleaned up")
    with open("notes.txt", "w") as file:
        file.write("\n".join(notes) + "\n")


def note(text: str) -> None:
    notes.append(text)
    logger.info("Noted: %s", text)


def before_experiment_control(context: Experiment, author: str, most_failures: int = 0, **kwargs) -> None:
    merge_extension(context, {"name": "notes", "author": author, "lines": 0})


def after_experiment_control(context: Experiment, state: Journal, author: str, most_failures: int = 0, **kwargs) -> None:
    state["notes"] = {"author": author, "count": len(notes), "last": notes[-1]}


def before_hypothesis_control(context: Hypothesis, **kwargs) -> None:
    note("checking {}".format(context["title"]))


def after_hypothesis_control(context: Hypothesis, state: Dict[str, Any], **kwargs) -> None:
    note("checked: {}".format(state["steady_state_met"]))


def before_method_control(context: Experiment, author: str, most_failures: int = 0, **kwargs) -> None:
    # An activity that the file does not have.
    context["method"].append(
        {
            "type": "probe",
            "name": "added by a control",
            "provider": {"type": "python", "module": "os.path", "func": "basename", "arguments": {"p": "a/${noted_by}"}},
        }
    )


def before_activity_control(
    context: Activity, author: str, most_failures: int = 0, experiment: Experiment = None, extensions: List[Extension] = None
) -> None:
    get_extension(experiment, "notes")["lines"] += 1
    assert extensions is experiment["extensions"]
    if context["name"] == "drain some":
        context["provider"]["arguments"]["at_most"] = 2


def after_activity_control(context: Activity, state: Run, author: str, most_failures: int = 0, **kwargs) -> None:
    global limit
    note("{}: {}".format(context["name"], state["status"]))
    if state["status"] == "failed":
        limit -= 1
        state["noted_failures_left"] = limit
        if limit < 0:
            raise InterruptExecution("too many failures")
