"""Records to Rich: text, table row, picture, summary."""
