"""Everything this package raises.

    BriefingError
    ├── UsageError                 64  the command line asked for something that cannot be
    ├── NothingUsable              65  files were given and none could be used
    ├── OutputError                73  a folder or file cannot be written
    ├── StoreError                 74  the archive cannot be read or written
    ├── Busy                       75  another run holds the lock
    ├── ConfigurationError         78  briefing.yaml, a lexicon or the environment is wrong
    │   └── TemplateError          78  a theme or template is wrong
    └── TaskFailed                  1  one isolated task ended early; becomes a row of the run report

The number is the exit code of the command line (``sysexits.h``). Messages name what, where and what to do, in one line. A failing
source, document or format is not an exception but a row of the run report (see ``models/report.py``); only what stops the whole
run is raised.
"""

from __future__ import annotations

__all__ = [
    "BriefingError",
    "Busy",
    "ConfigurationError",
    "NothingUsable",
    "OutputError",
    "StoreError",
    "TaskFailed",
    "TemplateError",
    "UsageError",
]


class BriefingError(Exception):
    """Base of all errors; ``exit_code`` is what the command line returns."""

    exit_code = 70


class UsageError(BriefingError):
    exit_code = 64


class NothingUsable(BriefingError):
    exit_code = 65


class OutputError(BriefingError):
    exit_code = 73


class StoreError(BriefingError):
    exit_code = 74


class Busy(BriefingError):
    exit_code = 75


class ConfigurationError(BriefingError):
    exit_code = 78


class TemplateError(ConfigurationError):
    pass


class TaskFailed(BriefingError):
    """One task in a worker raised, ran past its deadline or past its memory; ``str(error)`` is the one-line reason."""

    exit_code = 1
