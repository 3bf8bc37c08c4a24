"""Reads YAML files from the bundled folder, the office's and the user's own, and collects what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from warmcall.config.office import check_folder, is_in, read_office_text
from warmcall.config.safe_files import FileRefused, read_text
from warmcall.config.yaml_source import Problem, YamlFault, YamlSource, read_yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from warmcall.domain.script import Fault

T = TypeVar("T")

_UNKNOWN = re.compile("Object contains unknown field `([^`]*)`")
_BACKTICKS = re.compile("`([^`]*)`")


class YamlFolders:
    """Reads YAML files from the bundled folder, the `office`'s and the user's `own`, in this order.

    It collects what is wrong in them.
    """

    def __init__(self, bundled: Traversable, own: Path, office: Sequence[Path] = ()) -> None:
        self._own = own
        self._office = office
        self._bundled = bundled
        self.problems: list[Problem] = []
        self.roots = [root for root in (bundled, *office, own) if self._is_there(root)]

    def _is_there(self, root: Traversable) -> bool:
        try:
            return root.is_dir()
        except OSError as error:
            self._unlisted(root, error)
            return False

    def _unlisted(self, folder: Traversable, error: OSError) -> None:
        what = f"it cannot be listed: {(error.strerror or str(error)).lower()}"
        self.problems.append(Problem(str(folder), 1, what, "check with ls -l who may use it"))

    def folder(self, name: str, build: Callable[[YamlSource], T]) -> Iterator[tuple[str, YamlSource, T]]:
        """Yield shown name, source and built value of each valid file in the folders called `name`."""
        for root in self.roots:
            folder = root / name
            try:
                entries = sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else []
                if entries and isinstance(root, Path) and root in self._office:
                    check_folder(root / name)
            except FileRefused as refused:
                self.problems.append(Problem(str(folder), 1, refused.what, refused.fix))
                continue
            except OSError as error:
                self._unlisted(folder, error)
                continue
            for entry in entries:
                if entry.name.endswith((".yaml", ".yml")):
                    yield from self.file(entry, f"{name}/{entry.name}", build)

    def files_called(
        self, name: str, build: Callable[[YamlSource], T]
    ) -> Iterator[tuple[str, YamlSource, T]]:
        """Yield the same for the file called `name` in each root that has one."""
        for root in self.roots:
            if root is not self._bundled or (root / name).is_file():
                yield from self.file(root / name, name, build)

    def file(
        self, entry: Traversable, name: str, build: Callable[[YamlSource], T]
    ) -> Iterator[tuple[str, YamlSource, T]]:
        """Yield the same for one file if it is there and valid; a bundled file is shown as `name`."""
        shown = str(entry) if isinstance(entry, Path) else name
        try:
            if isinstance(entry, Path) and is_in(entry, self._office):
                source = read_yaml(read_office_text(entry))
            elif isinstance(entry, Path) and self._own in entry.parents:
                source = read_yaml(read_text(entry))
            else:
                source = read_yaml(entry.read_text(encoding="utf-8"))
            yield shown, source, build(source)
        except FileNotFoundError:
            return
        except YamlFault as fault:
            self.problems.append(Problem(shown, fault.line, fault.what, fault.fix))
        except FileRefused as refused:
            self.problems.append(Problem(shown, 1, refused.what, refused.fix))

    def add_faults(self, shown: str, source: YamlSource, faults: Iterable[Fault]) -> bool:
        """Add `faults` to the problems; return whether the file is valid: all of them are warnings."""
        valid = True
        for fault in faults:
            line = source.line_of(fault.where)
            self.problems.append(Problem(shown, line, fault.what, fault.fix, fault.warning))
            valid = valid and fault.warning
        return valid


def figures_of(name: str, kind: type[T], reader: YamlFolders) -> T:
    """Return the figures of the bundled file of that name, with those of people's files in their place."""
    figures: dict[str, Any] = {}
    for _, source, _ in reader.files_called(name, _figures(kind)):
        figures.update(source.value or {})
    return msgspec.convert(figures, kind)


def _figures(kind: type[T]) -> Callable[[YamlSource], T]:
    return lambda source: convert(YamlSource({}, {}) if source.value is None else source, (), kind)


def convert(source: YamlSource, at: tuple[str, ...], kind: type[T]) -> T:
    """Return the part of `source` at the path `at` as a `kind`.

    Raises:
        YamlFault: with the line of the error, if it cannot be one.
    """
    value = source.value
    for key in at:
        value = value[key]
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        what, _, inner = str(error).partition(" - at `$")
        inner_path = tuple(
            part for part in inner.rstrip("`").replace("[", ".").replace("]", "").split(".") if part
        )
        path = (*at, *inner_path)
        unknown = _UNKNOWN.match(what)
        line = source.line_of((*path, unknown[1]) if unknown else path)
        shown = ".".join(path)
        words = f"{shown}: {what[:1].lower()}{what[1:]}" if shown else what[:1].lower() + what[1:]
        raise YamlFault(line, _BACKTICKS.sub(r"“\1”", words), "see the bundled files for the form") from error
