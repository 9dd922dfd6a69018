"""Delivery into a folder: one sub-folder per issue, complete or not there at all.

The files are written beside the target and moved into place by rename; names that would leave the folder are refused and a symbolic
link in the way is replaced, never followed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from briefing.errors import OutputError
from briefing.models import Artifact, DeliverySettings, Receipt

__all__ = ["deliver"]


def deliver(issue: str, artifacts: Sequence[Artifact], settings: DeliverySettings, dry_run: bool) -> Receipt:
    """Writes ``settings.path/<issue>/<artifact name>``. An issue folder that holds these very bytes already is left untouched.

    OutputError when the folder cannot be written; what stood there before then still stands.
    """
    folder = settings.path or Path("output")
    target = folder / _plain(issue)
    names = tuple(_plain(artifact.name) for artifact in artifacts)
    if not dry_run and not _holds(target, artifacts):
        try:
            _write(folder, target, artifacts)
        except OSError as error:
            why = error.strerror or error
            raise OutputError(f"{target}: cannot be written ({why}); check the path, its rights and the disk") from error
    return Receipt(deliverer="folder", target=str(target), delivered=not dry_run, files=tuple(str(target / name) for name in names))


def _plain(name: str) -> str:
    if not name or name != Path(name).name or name.startswith("."):
        raise OutputError(f"{name!r}: is no plain file name; nothing was written outside the output folder")
    return name


def _holds(target: Path, artifacts: Sequence[Artifact]) -> bool:
    if target.is_symlink() or not target.is_dir():
        return False
    if {path.name for path in target.iterdir()} != {artifact.name for artifact in artifacts}:
        return False
    return all(
        not (target / artifact.name).is_symlink() and (target / artifact.name).read_bytes() == artifact.content for artifact in artifacts
    )


def _write(folder: Path, target: Path, artifacts: Sequence[Artifact]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=folder))
    try:
        for artifact in artifacts:
            with (making / artifact.name).open("xb") as file:
                file.write(artifact.content)
                file.flush()
                os.fsync(file.fileno())
        making.chmod(0o755)
        _swap(making, target)
        _sync(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _swap(making: Path, target: Path) -> None:
    """Puts the new folder in the place of the old one, which comes back when the second rename fails."""
    if target.is_symlink() or target.is_file():
        target.unlink()
    if not target.exists():
        making.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old / "issue")
    try:
        making.rename(target)
    except OSError:
        (old / "issue").rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
