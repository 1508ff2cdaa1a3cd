"""Squall writes the log: there is nothing to set up."""

__all__ = ["configure_logger"]


def configure_logger(
    verbose=False, log_format="string", log_file=None, log_file_level="debug", logger_name="chaostoolkit", context_id=None
):
    pass
