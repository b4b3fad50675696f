"""A small data file of every kind of column, and the copy that is made of it."""

from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect

MIXED = """id,note,size,kind,when,label
7,"first, of all",1.5,a,31.12.2024,ham
8,second,,b,,spam
9,third,-2,a,1.1.2025,
"""


def built(tmp_path, content, cache="cache", **wishes):
    path = tmp_path / "data.csv"
    path.write_text(content)
    return Dataset.build(inspect(path, Wishes(**wishes)).settings, tmp_path / cache)


def rows_by_id(dataset):
    return {dataset.twins(row)[0][1]: row for row in range(dataset.n_units)}


def by_unit(dataset):
    table = dataset.table()
    return {
        dataset.unit(row): (table.numbers[row].tolist(), [cells[row] for cells in table.categories.values()])
        for row in range(dataset.n_units)
    }
