"""Write the digits of `sample_data/` from scikit-learn: a table of pixels, and PNG files with a table of paths.

Run it from the root of the repository: ``python benchmarks/make_sample_data.py``. The files it writes are in the
repository already; running it again changes nothing.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from sklearn.datasets import load_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAMPLE_DATA = Path(__file__).parent.parent / "sample_data"
# the digits were counted in blocks of 4 x 4 black-and-white pixels
BRIGHTEST = 16


def main() -> None:
    digits = load_digits()
    names = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    rows = [[*pixels, label] for pixels, label in zip(digits.data.astype(int), digits.target, strict=True)]
    write_table(SAMPLE_DATA / "digits.csv", [*names, "label"], rows)

    folder = SAMPLE_DATA / "digits"
    folder.mkdir(exist_ok=True)
    listed = []
    for number, (pixels, label) in enumerate(zip(digits.images, digits.target, strict=True)):
        name = f"{number:04}.png"
        shades = np.rint(pixels * (255 / BRIGHTEST)).astype(np.uint8)
        Image.fromarray(shades).save(folder / name, optimize=True)
        listed.append([name, label])
    write_table(folder / "labels.csv", ["path", "label"], listed)


def write_table(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
