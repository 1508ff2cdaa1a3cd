"""What squall offers to the Python code of an experiment."""


def squall_undo(module, func, args=None):
    """Registers how the harm that is about to be done is taken back, and returns once that is on disk.

    After the run, or after a crash, `module.func(**args)` is called in a fresh process, perhaps twice, perhaps from
    another folder; it answers 'not needed' when there was nothing to undo. `args` must be JSON. The answer has
    `amend(args)`, which replaces the arguments by what was learned since.
    """
    from squall_worker.worker import worker

    return worker.undos.register(module, func, args)
