"""The report as one page: its template, its style, its script, and what they draw from."""

import logging

# where matplotlib may keep its list of fonts is no news to whoever waits for a page
logging.getLogger("matplotlib").setLevel(logging.ERROR)
