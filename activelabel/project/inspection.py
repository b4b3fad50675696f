"""Look at the first rows of a data set and say what it is: modality, what each column is for, what was noticed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from activelabel.errors import BadData, WrongUse
from activelabel.project.cells import as_texts, is_vectors, width
from activelabel.project.findings import findings
from activelabel.project.guesses import class_names, guess_id, guess_label, guess_pixels, holds_paths, kind_of
from activelabel.project.readers.pictures import confined
from activelabel.project.readers.source import format_of, open_source
from activelabel.project.readers.thumbnails import PICTURE
from activelabel.records.kinds import Modality
from activelabel.records.settings import Roles, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.project.readers.source import Source

__all__ = ["Inspection", "Wishes", "inspect"]

SAMPLE_ROWS = 10_000
# enough to see that they are pictures, without decoding thousands
SAMPLE_PICTURES = 256
CHECKED_PATHS = 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says about the data; all that is left out is guessed.

    `id`, `label` and `image` are column names; "" says that there is none, None leaves it to be guessed. `known` is a
    column of right answers that are to be used for measuring only. `pixels` is (height, width).
    """

    texts: tuple[str, ...] = ()
    image: str | None = None
    pixels: tuple[int, int] | None = None
    id: str | None = None
    label: str | None = None
    known: str = ""
    ignored: tuple[str, ...] = ()
    group: str = ""
    encoding: str = "utf-8"
    delimiter: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is named, in the order of the options."""
        one_each = (self.image, self.id, self.label, self.known, self.group)
        return (*self.texts, *(name for name in one_each if name), *self.ignored)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a data set is, from its first rows.

    Attributes
    ----------
    settings
        Ready for `Dataset.build`, but for the seed, the audit share and the algorithms.
    findings
        One line each, for the person.
    classes
        The names in the existing label column, as far as they were seen.
    rows
        How many rows were looked at; `whole` says whether those were all.
    """

    settings: Settings
    findings: tuple[str, ...]
    classes: tuple[str, ...]
    rows: int
    whole: bool


def inspect(path: Path, wishes: Wishes) -> Inspection:
    """Return what the first ten thousand rows of a data set, and the person's wishes, say about it.

    Parameters
    ----------
    path
        A file, a folder of pictures or of Parquet files, a pattern or URL of such files.
    wishes
        What is known already; it overrules every guess.

    Raises
    ------
    BadData
        If the data cannot be read, or has no rows or no columns to learn from.
    WrongUse
        If a column that is named does not exist, or is given two roles, or `pixels` does not fit the columns.
    """
    kind = format_of(path)
    source = open_source(path, encoding=wishes.encoding, delimiter=wishes.delimiter)
    _check_columns(wishes, source.names)
    sample, whole = _sample(path, source)
    roles = _Guess(path, sample, wishes, is_pictures=kind == "images").roles()
    settings = Settings(
        data=str(path),
        format=kind,
        modality=_modality(roles, sample),
        roles=roles,
        encoding=source.how.encoding,
        delimiter=source.how.delimiter or ",",
    )
    labels = as_texts(_column(sample, roles.label)).fill_null("") if roles.label else pa.array([], pa.string())
    classes = tuple(class_names(name for name in labels.unique().to_pylist() if name.strip()))
    return Inspection(settings, findings(settings, sample, classes, whole=whole), classes, sample.num_rows, whole)


@dataclass
class _Guess:
    path: Path
    sample: pa.Table
    wishes: Wishes
    is_pictures: bool
    taken: set[str] = field(default_factory=set)

    def roles(self) -> Roles:
        """Return the role of each column: first what was said, then what the names tell, then what the cells are."""
        wishes = self.wishes
        self.taken.update(wishes.columns)
        id_name = guess_id(self._left()) if wishes.id is None else wishes.id
        self.taken.add(id_name)
        label = "" if wishes.known and wishes.label is None else wishes.label
        label = guess_label(self._left()) if label is None else label
        self.taken.add(label)
        image = self._image() if wishes.image is None else wishes.image
        self.taken.add(image)
        kinds = {name: kind_of(cells) for name, cells in self._left() if not is_vectors(cells.type)}
        vectors = tuple(name for name, cells in self._left() if is_vectors(cells.type))
        found = Roles(
            identity=tuple(name for name in self.sample.column_names if name not in {id_name, label, wishes.known}),
            numbers=vectors + tuple(name for name, kind in kinds.items() if kind == "numbers"),
            categories=tuple(name for name, kind in kinds.items() if kind == "categories"),
            dates=tuple(name for name, kind in kinds.items() if kind == "dates"),
            texts=wishes.texts + tuple(name for name, kind in kinds.items() if kind == "texts"),
            ignored=wishes.ignored,
            image=image,
            id=id_name,
            label=label,
            group=wishes.group,
            known=wishes.known,
        )
        if not (found.numbers or found.categories or found.dates or found.texts or found.image):
            raise BadData(f"{self.path}: no column is left to learn from", hint="only id, label and ignored ones are")
        return self._with_pixels(found)

    def _left(self) -> list[tuple[str, pa.Array]]:
        return [(name, _column(self.sample, name)) for name in self.sample.column_names if name not in self.taken]

    def _image(self) -> str:
        for name, cells in self._left():
            if cells.type == PICTURE or self.is_pictures or (holds_paths(cells) and self._leads_to_files(cells)):
                return name
        return ""

    def _leads_to_files(self, cells: pa.Array) -> bool:
        root = self.path if self.path.is_dir() else self.path.parent
        for text in cells.drop_null().to_pylist()[:CHECKED_PATHS]:
            try:
                confined(root, text)
            except ValueError:
                continue
            return True
        return False

    def _with_pixels(self, roles: Roles) -> Roles:
        if self.wishes.pixels:
            high, wide = self.wishes.pixels
            count = sum(width(self.sample.field(name).type) for name in roles.numbers)
            if count != high * wide:
                raise WrongUse(
                    f"--pixels {high}x{wide} needs {high * wide} columns of numbers, there are {count}",
                    hint="leave the others out with --ignore COLUMN",
                )
            return replace(roles, pixels=self.wishes.pixels)
        pixels, names = guess_pixels(roles.numbers)
        # pixels beside other numbers would need two kinds of features; then they are a table like any other
        return replace(roles, pixels=pixels, numbers=names) if len(names) == len(roles.numbers) and pixels else roles


def _modality(roles: Roles, sample: pa.Table) -> Modality:
    if roles.image or roles.pixels:
        return Modality.IMAGE
    if roles.texts:
        return Modality.TEXT
    return Modality.VECTORS if any(is_vectors(sample.field(name).type) for name in roles.numbers) else Modality.TABLE


def _check_columns(wishes: Wishes, names: tuple[str, ...]) -> None:
    for place, name in enumerate(wishes.columns):
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
            listed = ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")
            raise WrongUse(f"no column named {name!r}", hint=f"try {near[0]!r}" if near else f"there are {listed}")
        if name in wishes.columns[:place]:
            raise WrongUse(f"column {name!r} is given two roles", hint="name it once")


def _sample(path: Path, source: Source) -> tuple[pa.Table, bool]:
    batches: list[pa.RecordBatch] = []
    rows, whole = 0, True
    for batch in source.batches():
        most = SAMPLE_PICTURES if PICTURE in batch.schema.types else SAMPLE_ROWS
        whole = rows + batch.num_rows <= most
        batches.append(batch.slice(0, most - rows))
        rows += batches[-1].num_rows
        if not whole:
            break
    if not rows:
        raise BadData(f"{path}: no rows", hint="a data set needs one row or more")
    return pa.Table.from_batches(batches).combine_chunks(), whole


def _column(sample: pa.Table, name: str) -> pa.Array:
    return sample.column(name).chunk(0)
