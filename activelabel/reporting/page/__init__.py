"""The report as one page: its template, its style, its script, and what they draw from."""
