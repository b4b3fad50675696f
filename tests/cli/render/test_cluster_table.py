from activelabel.cli.render.cluster_table import table_rows
from activelabel.cli.render.paper import Paper
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.kinds import Modality
from activelabel.session.clusters.table import ClusterRow


def test_what_items_show_is_parted_by_what_a_terminal_without_unicode_can_write():
    item = ItemRecord("u-1", "u", Content(Modality.TABLE, (("kind", "owl"), ("size", "3"))))
    _, row = table_rows([ClusterRow(0, 9, {}, 0, None, item, item)], Paper(120, 24, encoding="ascii"))

    assert row.plain.split("  ")[-1] == "owl - 3"
